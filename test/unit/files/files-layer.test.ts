import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFiles } from '../../../src/files/find-files.ts';
import { withFiles } from '../../../src/layers/files.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { sha256Of } from '../../../src/operations/file-value.ts';
import { takeFile } from '../../../src/operations/given-files.ts';
import type { JsonObject, JsonValue } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, refusal, runOperation } from '../../../src/operations/upstream.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layer-'));
  await writeFile(join(folder, 'a.txt'), 'fine');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const { signal } = new AbortController();

/** An upstream whose form has one file field, `doc`, as the stock one treats it. */
const upstreamTaking = (status = 200) =>
  echoUpstream((_, input) => {
    const { data } = input as { data: JsonObject };
    const doc = takeFile(data['doc'] as JsonValue);
    if (doc !== undefined && 'refused' in doc)
      return refusal(400, 'validation_failed', 'No.', {
        fields: { doc: [doc.refused], ...('other' in data ? { other: ['Wrong.'] } : {}) },
      });
    return { status, body: { json: data['json'] ?? null } };
  });

const run = (
  data: object,
  { upstream = upstreamTaking(), more = {}, uploadRoot = folder as string | null } = {},
): Promise<Answer> => {
  const place = { kind: 'local', uploadRoot, downloadDir: null } as const;
  const layered = withFiles({ place, rules: { maxBytes: 100, types: [] } }, upstream);
  const input = { app_label: 'a', model_name: 'b', pk: '1', data, ...more };
  return runOperation(layered, 'update', parseInput('update', input), { caller: nobody, signal });
};

const path = { file: { path: 'a.txt' } };

describe('the files of a call', () => {
  it('are found in fields, inline rows of both spellings, inputs of an action and rows', () => {
    const found = findFiles({
      data: {
        doc: path,
        text: 'a',
        inlines: {
          parts: [{ pk: 1 }, { pk: 2, proof: path }],
          more: { items: [{ fields: { photo: path } }] },
        },
      },
      inputs: { table: path },
      updates: [{ pk: '1', fields: { photo: path } }],
      query: { x: path },
    });
    expect(found.map(({ field }) => field)).toEqual([
      'doc',
      'parts[1].proof',
      'more[0].photo',
      'table',
      'photo',
    ]);
  });

  it('are told of in the answer, only where the form took them as files', async () => {
    const { body } = await run({ doc: { ...path }, json: { file: { path: 'a.txt' } } });
    expect(body).toEqual({
      json: path,
      files: [{ field: 'doc', name: 'a.txt', size: 4, sha256: sha256Of(Buffer.from('fine')) }],
    });
    expect((await run({ json: { file: { path: '/etc/passwd' } } })).body).toEqual({
      json: { file: { path: '/etc/passwd' } },
    });
  });

  it('are not told of when nothing was written', async () => {
    const { body } = await run({ doc: path }, { upstream: upstreamTaking(403) });
    expect(body).not.toHaveProperty('files');
  });

  it('are refused in the words of what is missing', async () => {
    const words = async (file: object, more = {}) => {
      const { body } = await run({ doc: { file } }, more);
      return JSON.stringify(body['error']);
    };
    expect(await words({ path: 'a.txt' }, { uploadRoot: null })).toContain('--upload-root');
    expect(await words({ upload: 'x' })).toContain('HTTP');
    expect(await words({ name: 'a.txt' })).toContain('content_base64');
    expect(await words({ name: 'a.txt', content_base64: 'x'.repeat(400) })).toContain('100 bytes');
    expect(await words({ path: 'a.txt', size: 5 })).toContain('5');
  });

  it('are at most twenty', async () => {
    const rows = Array.from({ length: 21 }, () => ({ doc: path }));
    const error = await run({ inlines: { parts: rows } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({ reason: 'too_large' });
  });
});

describe('a file that the admin sends', () => {
  const sending = (name: string) =>
    echoUpstream(() => ({
      status: 200,
      body: { executed: true },
      file: { name, mediaType: 'text/csv', bytes: Buffer.from('a;b') },
    }));
  const action = parseInput('action', {
    app_label: 'a',
    model_name: 'b',
    action_name: 'x',
    pks: ['1'],
  });

  const answered = (name: string, downloadDir: string | null) =>
    runOperation(
      withFiles(
        {
          place: { kind: 'local', uploadRoot: null, downloadDir },
          rules: { maxBytes: 100, types: [] },
        },
        sending(name),
      ),
      'action',
      action,
      { caller: nobody, signal },
    );

  it('is measured, under a clean name', async () => {
    expect(await answered('../../.ssh/keys\u202e', null)).toMatchObject({
      body: {
        executed: true,
        file: { name: 'keys', size: 3, sha256: sha256Of(Buffer.from('a;b')) },
      },
      file: { name: 'keys' },
    });
  });

  it('is put into the folder for it, never over another and never elsewhere', async () => {
    const dir = join(folder, 'downloads');
    const saved: string[] = [];
    for (const name of ['x.csv', '../x.csv', '/x.csv']) {
      const { body, file } = await answered(name, dir);
      expect(file).toBeUndefined();
      saved.push(String((body['file'] as JsonObject)['saved_to']));
    }
    expect(saved).toEqual(['x.csv', 'x-2.csv', 'x-3.csv'].map((name) => join(dir, name)));
    expect(await readFile(join(dir, 'x.csv'), 'utf8')).toBe('a;b');
  });

  it('comes in the answer when the folder cannot be written', async () => {
    const answer = await answered('x.csv', join(folder, 'a.txt', 'no-folder'));
    expect(answer.body).toMatchObject({ file: { note: expect.stringContaining('DOWNLOAD_DIR') } });
    expect(answer.file?.bytes).toEqual(Buffer.from('a;b'));
  });
});

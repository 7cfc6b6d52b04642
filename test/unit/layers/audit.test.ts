import { mkdtemp, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuditTrail } from '../../../src/audit-trail.ts';
import type { Caller } from '../../../src/django/caller.ts';
import { openAppendFile } from '../../../src/layers/audit/file.ts';
import type { AuditLine } from '../../../src/layers/audit/line.ts';
import { type AuditTrail, auditRefused, withAudit } from '../../../src/layers/audit.ts';
import { silentLog } from '../../../src/log.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError, type Reason } from '../../../src/operations/errors.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, type Context, runOperation } from '../../../src/operations/upstream.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

const { signal } = new AbortController();
const caller: Caller = {
  ...nobody,
  fingerprint: () => 'abcdefghijklmnop',
  userName: () => 'Anna',
  site: { adminUrl: new URL('https://shop.example/admin/') },
} as unknown as Caller;
const context: Context = { caller, signal, client: { name: 'Claude', version: '1.2' } };
const model = { app_label: 'catalog', model_name: 'tag' };

type Ending = Answer | GatewayError | ((context: Context) => Answer);

/** What a layer says of a question that was answered with no. */
const ended =
  (confirmation: 'declined' | 'cancelled'): Ending =>
  ({ record }) => {
    record?.({ confirmation });
    return { status: 403, body: {} };
  };

/** The lines that a call leaves. */
const linesOf = async (
  name: OperationName,
  given: object,
  ending: Ending = { status: 200, body: {} },
  more: Partial<Context> = {},
): Promise<AuditLine[]> => {
  const lines: AuditLine[] = [];
  const trail: AuditTrail = { begin: (line) => lines.push(line), end: (line) => lines.push(line) };
  const upstream = withAudit(
    trail,
    echoUpstream((_, __, arrived) => {
      if (ending instanceof GatewayError) throw ending;
      return typeof ending === 'function' ? ending(arrived) : ending;
    }),
  );
  const run = runOperation(upstream, name, parseInput(name, given), { ...context, ...more });
  await run.catch((error: unknown) => expect(error).toBe(ending));
  return lines;
};

const lastOf = async (...call: Parameters<typeof linesOf>): Promise<AuditLine | undefined> =>
  (await linesOf(...call)).at(-1);

describe('the line of a call', () => {
  it('says who did what to which fields of which objects, and no value', async () => {
    const data = { name: 'canary', inlines: { lines: { items: [{ note: 'canary' }] } } };
    const lines = await linesOf('update', { ...model, pk: '7', data }, undefined, {
      requestId: 'r-1',
    });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ outcome: 'begun', tool: 'update', keys: ['7'] });
    expect(lines[1]).toEqual({
      id: lines[0]?.id,
      request: 'r-1',
      user: 'Anna',
      session: 'abcdefgh',
      admin: 'https://shop.example/admin/',
      client: 'Claude',
      client_version: '1.2',
      tool: 'update',
      model: 'catalog.tag',
      keys: ['7'],
      fields: ['name', 'inlines.lines'],
      outcome: 'done',
      status: 200,
      ms: expect.any(Number),
    });
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('is the only one of a reading, and of a dry run', async () => {
    expect(await linesOf('list', { ...model, search: 'canary' })).toHaveLength(1);
    const [line, ...others] = await linesOf('destroy', { ...model, pk: '1', dry_run: true });
    expect(line).toMatchObject({ dry_run: true, outcome: 'done' });
    expect(others).toEqual([]);
  });

  it('has the key of what was added, and all keys of many', async () => {
    const added = { status: 201, body: { pk: 12 } };
    expect(await lastOf('create', { ...model, data: {} }, added)).toMatchObject({ keys: ['12'] });
    expect(await lastOf('form_submit', { ...model, data: {} }, added)).toMatchObject({
      keys: ['12'],
    });
    const many = { ...model, action_name: 'mark', pks: ['1', 2] };
    expect(await lastOf('action', many)).toMatchObject({ keys: ['1', '2'], action: 'mark' });
    const updates = [
      { pk: 1, fields: { name: 'a' } },
      { pk: 2, fields: { name: 'b', slug: 'b' } },
    ];
    expect(await lastOf('bulk_update', { ...model, updates })).toMatchObject({
      keys: ['1', '2'],
      fields: ['name', 'slug'],
    });
    const across = { ...model, action_name: 'mark', select_across: true };
    expect(await lastOf('action', across)).toMatchObject({ across: true });
  });

  it('takes down no name that is no name, and no text that could end a line', async () => {
    const data = { 'canary of a value': 1, ok_name: 2 };
    const line = await lastOf('create', { ...model, data }, undefined, {
      client: { name: `a\nb\u202e${'c'.repeat(500)}` },
    });
    expect(line).toMatchObject({ fields: ['(other)', 'ok_name'] });
    expect(line?.client).toMatch(/^a\?b\?c{96}$/);
  });

  it.each<[string, Ending]>([
    ['done', { status: 200, body: {} }],
    ['refused', { status: 403, body: { error: { code: 'forbidden' } } }],
    ['conflict', { status: 409, body: { error: { code: 'conflict' } } }],
    ['partly', { status: 409, body: { error: { code: 'partly_saved' } } }],
    ['asked', { status: 428, body: {} }],
    ['asked', { status: 200, body: { executed: false } }],
    ['unknown', { status: 200, body: { executed: null } }],
    ['failed', { status: 502, body: {} }],
    ['declined', ended('declined')],
    ['cancelled', ended('cancelled')],
  ])('says %s', async (outcome, ending) => {
    const line = await lastOf('action', { ...model, action_name: 'x', pks: ['1'] }, ending);
    expect(line).toMatchObject({ outcome });
  });

  it.each<[string, Reason]>([
    ['refused', 'forbidden'],
    ['refused', 'unsupported'],
    ['conflict', 'conflict'],
    ['failed', 'upstream'],
    ['failed', 'timeout'],
    ['unknown', 'unknown_outcome'],
    ['cancelled', 'cancelled'],
  ])('says %s of a call that ended with %s', async (outcome, reason) => {
    const error = new GatewayError(reason, 'canary');
    const line = await lastOf('destroy', { ...model, pk: '1' }, error);
    expect(line).toMatchObject({ outcome, reason, status: error.status });
    expect(JSON.stringify(line)).not.toContain('canary');
  });

  it('says how it was agreed to', async () => {
    const agreed: Ending = ({ record }) => {
      record?.({ confirmation: 'person' });
      return { status: 200, body: {} };
    };
    const line = await lastOf('destroy', { ...model, pk: '1' }, agreed);
    expect(line).toMatchObject({ confirmation: 'person', outcome: 'done' });
  });

  it('is there for a call whose arguments were refused', () => {
    const lines: AuditLine[] = [];
    const refused = auditRefused({ begin: () => undefined, end: (line) => lines.push(line) });
    refused('a canary', 'missing', { ...context, requestId: 'request-7' });
    expect(lines).toMatchObject([
      {
        request: 'request-7',
        user: 'Anna',
        session: 'abcdefgh',
        tool: '(other)',
        client: 'Claude',
        outcome: 'refused',
        reason: 'missing',
        status: 404,
      },
    ]);
  });
});

describe('the audit file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-'));
    path = join(folder, 'audit.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const linesIn = async (file: string): Promise<string[]> =>
    (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');

  it('is made for its owner alone, and only ever appended to', async () => {
    openAppendFile(path).append('one');
    openAppendFile(path).append('two');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await linesIn(path)).toEqual(['one', 'two']);
  });

  it('is opened anew after a rotation, whether the old one was renamed or deleted', async () => {
    const file = openAppendFile(path);
    file.append('one');
    await rename(path, `${path}.1`);
    file.append('two');
    await unlink(path);
    file.append('three');
    expect(await linesIn(`${path}.1`)).toEqual(['one']);
    expect(await linesIn(path)).toEqual(['three']);
  });

  it('goes on where the file was emptied in its place', async () => {
    const file = openAppendFile(path);
    file.append('one');
    await writeFile(path, '');
    file.append('two');
    expect(await readFile(path, 'utf8')).toBe('two\n');
  });

  it.each(['missing/audit.jsonl', '.'])('is refused at start where it cannot be: %s', (name) => {
    expect(() => openAppendFile(join(folder, name))).toThrow(
      expect.objectContaining({ reason: 'config' }),
    );
  });

  it('is refused at start where it is no plain file', () => {
    expect(() => openAppendFile('/dev/null')).toThrow(
      expect.objectContaining({ reason: 'config' }),
    );
  });

  it('holds back whatever may change something once it cannot be written', async () => {
    const runs: string[] = [];
    const file = openAppendFile(path);
    const upstream = withAudit(
      createAuditTrail(silentLog, file),
      echoUpstream((name) => {
        runs.push(name);
        return { status: 200, body: {} };
      }),
    );
    const destroy = () => upstream.destroy(parseInput('destroy', { ...model, pk: '1' }), context);
    await destroy();
    expect(await linesIn(path)).toHaveLength(2);
    await rm(folder, { recursive: true });
    await expect(destroy()).rejects.toMatchObject({ reason: 'unavailable' });
    await upstream.list(parseInput('list', model), context);
    expect(runs).toEqual(['destroy', 'list']);
  });

  it('holds a line of JSON with the time for each call', async () => {
    const upstream = withAudit(createAuditTrail(silentLog, openAppendFile(path)), echoUpstream());
    await upstream.list(parseInput('list', model), context);
    const [line = ''] = await linesIn(path);
    expect(JSON.parse(line)).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      tool: 'list',
      outcome: 'done',
    });
  });
});

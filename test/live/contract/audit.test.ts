import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import type { AuditLine } from '../../../src/layers/audit/line.ts';
import type { Gateway } from '../../../src/library.ts';
import { silentLog } from '../../../src/log.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { sessionHeadersOf } from '../support/session.ts';

let live: LiveShop;
let folder: string;

beforeAll(async () => {
  live = await startLive('5.2', { extras: ['rest-api'], env: { SHOP_REST_API: '1' } });
  folder = await mkdtemp(join(tmpdir(), 'audited-'));
});

afterAll(async () => {
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

const tag = { app_label: 'catalog', model_name: 'tag' };

describe.each(['stock', 'rest'] as const)('the audit file, upstream %s', (upstream) => {
  let gateway: Gateway;
  let headers: Record<string, string>;
  let file: string;
  let id = 0;

  beforeAll(async () => {
    file = join(folder, `${upstream}.jsonl`);
    const settings = loadSettings({
      file: { ADMIN_SITE: live.shop.adminUrl, UPSTREAM: upstream, AUDIT_FILE: file },
    });
    gateway = gatewayOf(settings, silentLog);
    headers = {
      host: 'localhost',
      ...(await sessionHeadersOf(live, 'admin')),
      'user-agent': 'audit-test/1',
    };
    // The index greets the user, by which the name is learned.
    await gateway.fetch(new Request('http://localhost/mcp/manifest/', { headers }));
  });

  afterAll(() => gateway.close());

  const call = async (name: string, given: object): Promise<Record<string, unknown>> => {
    id += 1;
    const response = await gateway.fetch(
      new Request('http://localhost/mcp/', {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'x-request-id': `request-${id}`,
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id,
          method: 'tools/call',
          params: { name, arguments: given },
        }),
      }),
    );
    const { result } = (await response.json()) as { result?: { content: { text: string }[] } };
    return JSON.parse(result?.content[0]?.text ?? '{}') as Record<string, unknown>;
  };

  /** The lines that something leaves. */
  const linesOf = async (run: () => Promise<unknown>): Promise<AuditLine[]> => {
    const before = await readFile(file, 'utf8');
    await run();
    const after = await readFile(file, 'utf8');
    return after
      .slice(before.length)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as AuditLine);
  };

  it('has one line of a reading: who, with what, which objects', async () => {
    const lines = await linesOf(() => call('admin_retrieve', { ...tag, pk: 1 }));
    expect(lines).toEqual([
      {
        time: expect.any(String),
        id: expect.any(String),
        request: `request-${id}`,
        user: 'Admin',
        session: expect.stringMatching(/^[\w-]{8}$/),
        admin: live.shop.adminUrl,
        client: 'audit-test/1',
        tool: 'retrieve',
        model: 'catalog.tag',
        keys: ['1'],
        outcome: 'done',
        status: 200,
        ms: expect.any(Number),
      },
    ]);
  });

  it('has two of a write, the second with the key that it got', async () => {
    const slug = `audited-${upstream}`;
    const [begun, ended, ...others] = await linesOf(() =>
      call('admin_create', { ...tag, data: { name: slug, slug } }),
    );
    expect(others).toEqual([]);
    expect(begun).toMatchObject({ tool: 'create', outcome: 'begun', fields: ['name', 'slug'] });
    const { rows } = await live.inspector.ask({ model: 'catalog.tag', filter: { slug } });
    const [{ id: pk = '' } = {}] = rows as { id: number }[];
    expect(ended).toMatchObject({
      id: begun?.id,
      outcome: 'done',
      status: 201,
      keys: [String(pk)],
    });
  });

  it('says what was refused, by the admin, for its arguments and for its name', async () => {
    const invalid = { ...tag, data: { name: 'x', slug: 'no slug' } };
    expect((await linesOf(() => call('admin_create', invalid))).at(-1)).toMatchObject({
      outcome: 'refused',
      status: 400,
    });
    const caller = () => ({
      request: `request-${id}`,
      user: 'Admin',
      session: expect.stringMatching(/^[\w-]{8}$/),
      admin: live.shop.adminUrl,
      outcome: 'refused',
    });
    const [wrong] = await linesOf(() => call('admin_retrieve', { ...tag, nope: 1 }));
    expect(wrong).toMatchObject({ ...caller(), tool: 'retrieve', reason: 'input' });
    const [unknown] = await linesOf(() => call('admin_nothing', {}));
    expect(unknown).toMatchObject({ ...caller(), tool: 'admin_nothing', reason: 'missing' });
  });

  it('says who gave the REST face wrong arguments', async () => {
    const url = 'http://localhost/api/v1/catalog/tag/?page=none';
    const [line] = await linesOf(() =>
      gateway.fetch(new Request(url, { headers: { ...headers, 'x-request-id': 'by-rest' } })),
    );
    expect(line).toMatchObject({
      request: 'by-rest',
      user: 'Admin',
      tool: 'list',
      outcome: 'refused',
      reason: 'input',
    });
  });

  it('says that a deletion was asked about, and how it was agreed to', async () => {
    const given = { ...tag, pk: upstream === 'stock' ? '8' : '9' };
    let token: unknown;
    const asked = await linesOf(async () => {
      token = (await call('admin_destroy', given))['confirm_token'];
    });
    expect(asked.at(-1)).toMatchObject({ outcome: 'asked', confirmation: 'asked', status: 428 });
    const done = await linesOf(() => call('admin_destroy', { ...given, confirm_token: token }));
    expect(done.at(-1)).toMatchObject({ outcome: 'done', confirmation: 'token', keys: [given.pk] });
    expect(JSON.stringify([...asked, ...done])).not.toContain(String(token));
  });

  it('has lines of the REST face too', async () => {
    const [line] = await linesOf(() =>
      gateway.fetch(new Request('http://localhost/api/v1/catalog/tag/1/', { headers })),
    );
    expect(line).toMatchObject({ tool: 'retrieve', client: 'audit-test/1', outcome: 'done' });
  });
});

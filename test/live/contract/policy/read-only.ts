import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gatewayOf } from '../../../../src/gateway.ts';
import type { Gateway } from '../../../../src/library.ts';
import { silentLog } from '../../../../src/log.ts';
import type { OperationName } from '../../../../src/operations/catalogue.ts';
import { operationNames } from '../../../../src/operations/facts.ts';
import { writingOperations } from '../../../../src/operations/read-only.ts';
import { prefix, program, runBuilt } from '../../support/built.ts';
import { password } from '../../support/live-shop.ts';
import { type SessionHeaders, sessionHeadersOf } from '../../support/session.ts';
import { callsOf, digestOf, type Kind, type Live, settingsFor } from './governed.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const order = { app_label: 'sales', model_name: 'order' };
const campaign = { app_label: 'sales', model_name: 'campaign', pk: '1' };

/** What would change something if it got through; several shapes of each. */
const attempts: readonly (readonly [OperationName, object])[] = [
  ['create', { ...tag, data: { name: 'New', slug: 'new' } }],
  ['update', { ...tag, pk: '1', data: { name: 'Changed' } }],
  ['update', { ...tag, pk: '1', data: { name: 'Changed' }, dry_run: true }],
  ['form_submit', { ...tag, data: { name: 'New', slug: 'new' } }],
  ['form_submit', { ...tag, pk: '1', data: { name: 'Changed' } }],
  ['destroy', { ...tag, pk: '1' }],
  ['bulk_update', { ...order, pks: ['13', '14'], data: { priority: 4 } }],
  ['set_password', { app_label: 'auth', model_name: 'user', pk: '5', password: 'walnut-shelf-19' }],
  ['panel', { ...campaign, panel_name: 'run' }],
  ['panel', { ...campaign, panel_name: 'report' }],
  ...['delete_selected', 'mark_paid', 'check_addresses', 'bulk', 'add', 'nothing'].flatMap(
    (action_name): (readonly [OperationName, object])[] => [
      ['action', { ...order, action_name, pks: ['17'], confirmed: true }],
      ['action', { ...order, action_name, select_across: true, confirmed: true }],
    ],
  ),
  ...['add', 'bulk', 'autocomplete', '1/delete', '1/change', '1/password', '../tag/1'].flatMap(
    (pk): (readonly [OperationName, object])[] => [
      ['update', { ...tag, pk, data: { name: 'Changed' } }],
      ['form_submit', { ...tag, pk, data: { name: 'Changed' } }],
      ['destroy', { ...tag, pk }],
      ['set_password', { app_label: 'auth', model_name: 'user', pk, password: 'walnut-shelf-19' }],
      ['panel', { ...campaign, pk, panel_name: 'run' }],
      ['action', { ...order, action_name: 'mark_paid', pks: [pk], confirmed: true }],
      ['bulk_update', { ...order, pks: [pk], data: { priority: 4 } }],
    ],
  ),
];

const aliases = (name: OperationName): readonly string[] => [
  `admin_${name}`,
  `admin.${name}`,
  name,
];

/** The same database before and after, whatever the way in. */
export const readOnlyTests = (live: Live, kind: Kind): void => {
  let folder: string;
  let gateway: Gateway;
  let session: SessionHeaders;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-only-'));
    gateway = gatewayOf(settingsFor(live(), kind, { RATE_PER_MINUTE: 0 }), silentLog);
    session = await sessionHeadersOf(live(), 'admin');
  });

  afterAll(async () => {
    await gateway.close();
    await rm(folder, { recursive: true, force: true });
  });

  const environment = () => ({
    PATH: process.env['PATH'] ?? '',
    [`${prefix}ADMIN_SITE`]: live().shop.adminUrl,
    [`${prefix}SESSION_DIR`]: join(folder, 'sessions'),
    [`${prefix}UPSTREAM`]: kind,
    [`${prefix}USERNAME`]: 'admin',
    [`${prefix}PASSWORD`]: password,
    [`${prefix}CONFIRM`]: 'never',
    [`${prefix}RATE_PER_MINUTE`]: '0',
    [`${prefix}READ_ONLY`]: 'false',
  });

  /** A request with `X-Admin-Read-Only`, to a gateway that is not read-only itself. */
  const send = async (path: string, init: RequestInit): Promise<Response> =>
    gateway.fetch(
      new Request(`http://localhost${path}`, {
        ...init,
        headers: {
          host: 'localhost',
          'content-type': 'application/json',
          ...session,
          'x-admin-read-only': 'true',
        },
      }),
    );

  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
  const rpc = async (method: string, params: object): Promise<any> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    return (await send('/mcp/', { method: 'POST', body })).json();
  };

  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
  const jsonOf = async (path: string): Promise<any> => (await send(path, {})).json();

  it('refuses every write, by the setting and by the header, and changes nothing', async () => {
    const before = await digestOf(live());
    const byTheSetting = callsOf(live(), kind, { READ_ONLY: true });
    const byTheRequest = callsOf(live(), kind);
    for (const [name, given] of attempts)
      for (const [call, narrowing] of [
        [byTheSetting, undefined],
        [byTheSetting, { readOnly: false }],
        [byTheRequest, { readOnly: true }],
      ] as const) {
        const { status, body } = await call(name, given, narrowing);
        expect([name, status, body['error']]).toEqual([
          name,
          403,
          expect.objectContaining({ message: expect.stringContaining('read-only') }),
        ]);
      }
    expect(new Set(attempts.map(([name]) => name))).toEqual(writingOperations);
    expect(await digestOf(live())).toEqual(before);
  });

  it('refuses them over HTTP by every name, and lists none of them', async () => {
    const before = await digestOf(live());
    for (const [name, given] of attempts)
      for (const tool of aliases(name)) {
        const { result } = await rpc('tools/call', { name: tool, arguments: given });
        expect([tool, result?.isError, result?.content[0].text]).toEqual([
          tool,
          true,
          expect.stringContaining('read-only'),
        ]);
      }
    const { result } = await rpc('tools/list', {});
    const manifest = await jsonOf('/mcp/manifest/');
    const landing = await jsonOf('/mcp/');
    const left = operationNames.filter((name) => !writingOperations.has(name));
    for (const tools of [result.tools, manifest.tools] as { name: string }[][])
      expect(tools.map(({ name }) => name)).toEqual(left.map((name) => `admin_${name}`));
    expect(landing.tools_count).toBe(left.length);
    expect(await digestOf(live())).toEqual(before);
  });

  it('refuses them over REST', async () => {
    const before = await digestOf(live());
    for (const [method, path, body] of [
      ['POST', 'catalog/tag/', { name: 'New', slug: 'new' }],
      ['PATCH', 'catalog/tag/1/', { name: 'Changed' }],
      ['PATCH', 'catalog/tag/1%2Fdelete/', { name: 'Changed' }],
      ['DELETE', 'catalog/tag/1/', undefined],
      ['POST', 'sales/order/actions/mark_paid/', { pks: ['17'], confirmed: true }],
      ['POST', 'sales/order/actions/delete_selected/', { pks: ['17'], confirmed: true }],
      [
        'POST',
        'auth/user/5/password/',
        { password1: 'walnut-shelf-19', password2: 'walnut-shelf-19' },
      ],
      ['GET', 'sales/campaign/1/panel/run/', undefined],
    ] as const) {
      const response = await send(`/api/v1/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      expect([method, path, response.status]).toEqual([method, path, 403]);
      expect(await response.text()).toContain('read-only');
    }
    const updates = [{ pk: '13', fields: { priority: 4 } }];
    const bulk = await send('/api/v1/sales/order/bulk/', {
      method: 'PATCH',
      body: JSON.stringify({ updates }),
    });
    expect(bulk.ok).toBe(false);
    expect(await digestOf(live())).toEqual(before);
  });

  it('refuses them over stdio, and from the command line', async () => {
    const before = await digestOf(live());
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [program, 'stdio', '--read-only'],
        env: environment(),
      }),
    );
    const { tools } = await client.listTools();
    expect(tools).toHaveLength(operationNames.length - writingOperations.size);
    for (const [name, given] of attempts)
      for (const tool of aliases(name)) {
        const result = await client.callTool({ name: tool, arguments: { ...given } });
        expect([tool, result.isError, JSON.stringify(result.content)]).toEqual([
          tool,
          true,
          expect.stringContaining('read-only'),
        ]);
      }
    await client.close();
    const { code, stderr } = await runBuilt(
      ['call', 'destroy', JSON.stringify({ ...tag, pk: '1' }), '--read-only'],
      environment(),
    );
    expect([code, stderr]).toEqual([3, expect.stringContaining('read-only')]);
    expect(await digestOf(live())).toEqual(before);
  });

  it('reads on, and reading changes nothing', async () => {
    const before = await digestOf(live());
    const call = callsOf(live(), kind, { READ_ONLY: true });
    for (const [name, given] of [
      ['registry', {}],
      ['schema', {}],
      ['recent_actions', {}],
      ['list', { ...order, page_size: 3 }],
      ['retrieve', { ...order, pk: '13' }],
      ['add_form', tag],
      ['form_spec', { ...tag, pk: '1' }],
      ['autocomplete', { ...tag, q: 'a' }],
      ['history', { ...order, pk: '1' }],
      ['delete_preview', { ...order, pk: '13' }],
    ] as const)
      expect([name, (await call(name, given)).status]).toEqual([name, 200]);
    expect(await digestOf(live())).toEqual(before);
  });
};

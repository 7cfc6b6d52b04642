import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../support/built.ts';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';
import { sessionHeadersOf } from '../support/session.ts';

let live: LiveShop;
let sessionDir: string;

beforeAll(async () => {
  live = await startLive('5.2', { extras: ['rest-api'], env: { SHOP_REST_API: '1' } });
  sessionDir = await mkdtemp(join(tmpdir(), 'sessions-'));
});

afterAll(async () => {
  await stopLive(live);
});

const environment = (user = 'clerk'): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  DJANGO_ADMIN_MCP_API_ADMIN_SITE: live.shop.adminUrl,
  DJANGO_ADMIN_MCP_API_USERNAME: user,
  DJANGO_ADMIN_MCP_API_PASSWORD: password,
  DJANGO_ADMIN_MCP_API_SESSION_DIR: sessionDir,
  DJANGO_ADMIN_MCP_API_PROFILE: user,
});

const modes = {
  legacy: { versionNegotiation: { mode: 'legacy' } },
  auto: { versionNegotiation: { mode: 'auto' } },
  pinned: { versionNegotiation: { mode: { pin: '2026-07-28' } } },
} as const;

type AnyClient = Pick<ClientV2, 'listTools' | 'callTool' | 'close'>;

const info = { name: 'test', version: '1' };

const stdioOptions = (upstream: string) => ({
  command: process.execPath,
  args: [program, 'stdio', '--upstream', upstream, '--log-level', 'silent'],
  env: environment(),
});

const overStdio = (upstream: string): Record<string, () => Promise<AnyClient>> => ({
  'SDK 1.x': async () => {
    const client = new ClientV1(info);
    await client.connect(new StdioV1(stdioOptions(upstream)));
    return client as unknown as AnyClient;
  },
  ...Object.fromEntries(
    Object.entries(modes).map(([name, options]) => [
      `client 2.x ${name}`,
      async () => {
        const client = new ClientV2(info, options);
        await client.connect(new StdioV2(stdioOptions(upstream)));
        return client;
      },
    ]),
  ),
});

const overHttp = (
  url: () => URL,
  headers: () => Record<string, string>,
): Record<string, () => Promise<AnyClient>> => ({
  'SDK 1.x': async () => {
    const client = new ClientV1(info);
    await client.connect(new HttpV1(url(), { requestInit: { headers: headers() } }) as never);
    return client as unknown as AnyClient;
  },
  ...Object.fromEntries(
    Object.entries(modes).map(([name, options]) => [
      `client 2.x ${name}`,
      async () => {
        const client = new ClientV2(info, options);
        await client.connect(new HttpV2(url(), { requestInit: { headers: headers() } }));
        return client;
      },
    ]),
  ),
});

const session = async (client: AnyClient): Promise<void> => {
  expect((await client.listTools()).tools).toHaveLength(18);
  const registry = await client.callTool({ name: 'admin_registry', arguments: {} });
  expect(registry.isError).toBeFalsy();
  expect(JSON.stringify(registry.structuredContent)).toContain('catalog');
  const product = await client.callTool({
    name: 'admin_retrieve',
    arguments: { app_label: 'catalog', model_name: 'product', pk: '1' },
  });
  expect(JSON.stringify(product.structuredContent)).toContain('Oak stool');
  const refused = await client.callTool({
    name: 'admin_destroy',
    arguments: { app_label: 'catalog', model_name: 'product', pk: '1' },
  });
  expect(refused.isError).toBe(true);
  const rows = await live.inspector.ask({ model: 'catalog.product', filter: { pk: 1 } });
  expect(rows['rows']).toHaveLength(1);
  await client.close();
};

describe.each(['rest', 'stock'])('a session over stdio, upstream %s', (upstream) => {
  it.each(Object.keys(overStdio(upstream)))('%s', async (name) => {
    const connect = overStdio(upstream)[name];
    await session(await (connect as () => Promise<AnyClient>)());
  });
});

describe.each(['rest', 'stock'])('a session over HTTP, upstream %s', (upstream) => {
  let server: ReturnType<typeof spawn>;
  let url: URL;
  let headers: Record<string, string>;

  beforeAll(async () => {
    const { PATH, DJANGO_ADMIN_MCP_API_ADMIN_SITE } = environment();
    server = spawn(
      process.execPath,
      [program, 'serve', '--port', '0', '--upstream', upstream, '--log-level', 'silent'],
      { env: { PATH, DJANGO_ADMIN_MCP_API_ADMIN_SITE }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const [line] = await once(server.stderr as NodeJS.ReadableStream, 'data');
    url = new URL(/http:\S+\/mcp\//.exec(String(line))?.[0] ?? '');
    headers = await sessionHeadersOf(live, 'clerk');
  });

  afterAll(async () => {
    server.kill('SIGTERM');
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
  });

  const clients = overHttp(
    () => url,
    () => headers,
  );
  it.each(Object.keys(clients))('%s', async (name) => {
    await session(await (clients[name] as () => Promise<AnyClient>)());
  });
});

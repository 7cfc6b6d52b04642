import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { getMcpConfigForManifest } from '@anthropic-ai/mcpb/node';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';

const root = resolve(import.meta.dirname, '../../..');

let live: LiveShop;
let folder: string;
let manifest: Parameters<typeof getMcpConfigForManifest>[0]['manifest'];

beforeAll(async () => {
  live = await startLive('5.2', {});
  folder = await mkdtemp(join(tmpdir(), 'mcpb-'));
  const bundle = join(folder, 'bundle.mcpb');
  const run = promisify(execFile);
  await run(process.execPath, ['scripts/mcpb.mjs', '--out', bundle], { cwd: root });
  const mcpb = join(root, 'node_modules/@anthropic-ai/mcpb/dist/cli/cli.js');
  await run(process.execPath, [mcpb, 'unpack', bundle, join(folder, 'unpacked')]);
  manifest = JSON.parse(await readFile(join(folder, 'unpacked', 'manifest.json'), 'utf8'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await stopLive(live);
});

const configFor = (userConfig: Readonly<Record<string, string | boolean>>) =>
  getMcpConfigForManifest({
    manifest,
    extensionPath: join(folder, 'unpacked'),
    systemDirs: {},
    userConfig: { ...userConfig },
    pathSeparator: '/',
  });

const start = async (userConfig: Readonly<Record<string, string | boolean>>) => {
  const home = await mkdtemp(join(folder, 'home-'));
  const config = await configFor(userConfig);
  const client = new Client({ name: 'desktop', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: config?.command ?? '',
      args: config?.args ?? [],
      env: { ...config?.env, HOME: home },
      cwd: folder,
      stderr: 'ignore',
    }),
  );
  return client;
};

describe('the bundle for Claude Desktop', () => {
  it('keeps the password where the system keeps secrets, and needs nothing but the URL', () => {
    expect(manifest.user_config?.['password']).toMatchObject({ sensitive: true, required: false });
    const required = Object.entries(manifest.user_config ?? {}).filter(([, item]) => item.required);
    expect(required.map(([name]) => name)).toEqual(['admin_site']);
  });

  it('starts from the unpacked files with what the user typed, and calls a tool', async () => {
    const client = await start({ admin_site: live.shop.adminUrl, username: 'viewer', password });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(manifest.tools?.map(({ name }) => name));
    const list = await client.callTool({
      name: 'admin_list',
      arguments: { app_label: 'catalog', model_name: 'product', search: 'oak' },
    });
    expect(JSON.stringify(list.structuredContent)).toContain('Oak stool');
    await client.close();
  });

  it('works with every question but the first left open, and says how to log in', async () => {
    const client = await start({ admin_site: live.shop.adminUrl });
    expect((await client.listTools()).tools).toHaveLength(18);
    const list = await client.callTool({ name: 'admin_registry', arguments: {} });
    expect(list.isError).toBe(true);
    expect(JSON.stringify(list.content)).toContain('The user must run: npx');
    await client.close();
  });

  it('takes "read only" as a switch', async () => {
    const config = await configFor({ admin_site: 'https://x/', read_only: true });
    expect(config?.env).toMatchObject({ DJANGO_ADMIN_MCP_API_READ_ONLY: 'true' });
  });
});

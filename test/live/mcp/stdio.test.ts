import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentOf, prefix, program } from '../support/built.ts';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';

let live: LiveShop;
let folder: string;

beforeAll(async () => {
  live = await startLive('5.2', { extras: ['rest-api'], env: { SHOP_REST_API: '1' } });
  folder = await mkdtemp(join(tmpdir(), 'stdio-'));
});

afterAll(async () => {
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

const modes = { legacy: 'legacy', modern: { pin: '2026-07-28' } } as const;

const connect = async (
  mode: (typeof modes)[keyof typeof modes],
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<{ client: Client; stderr: () => string }> => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'stdio', ...args],
    stderr: 'pipe',
    env: {
      PATH: process.env['PATH'] ?? '',
      [`${prefix}ADMIN_SITE`]: live.shop.adminUrl,
      [`${prefix}SESSION_DIR`]: join(folder, 'sessions'),
      ...environment,
    },
  });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  let written = '';
  transport.stderr?.on('data', (chunk) => {
    written += chunk;
  });
  return { client, stderr: () => written };
};

const textOf = (result: Awaited<ReturnType<Client['callTool']>>): string =>
  (result.content as { text: string }[])[0]?.text ?? '';

const credentials = { [`${prefix}USERNAME`]: 'clerk', [`${prefix}PASSWORD`]: password };

describe.each(['rest', 'stock'])('stdio, upstream %s', (upstream) => {
  const here = { ...credentials, [`${prefix}UPSTREAM`]: upstream, [`${prefix}PROFILE`]: upstream };

  it('logs in again when Django ended the session', async () => {
    const { client } = await connect(modes.legacy, here);
    expect((await client.callTool({ name: 'admin_registry' })).isError).toBeFalsy();
    const { deleted } = await live.inspector.ask({
      delete: { model: 'sessions.session', filter: {} },
    });
    expect(deleted).toBeGreaterThan(0);
    expect((await client.callTool({ name: 'admin_registry' })).isError).toBeFalsy();
    await live.inspector.ask({ delete: { model: 'sessions.session', filter: {} } });
    const change = await client.callTool({
      name: 'admin_action',
      arguments: { app_label: 'sales', model_name: 'order', action_name: 'mark_paid', pks: ['20'] },
    });
    expect(change.isError).toBeFalsy();
    const { rows } = await live.inspector.ask({ model: 'sales.order', filter: { pk: 20 } });
    expect((rows as { is_paid: boolean }[])[0]?.is_paid).toBe(true);
    await client.close();
  });

  it('says what the user must run when it cannot log in again', async () => {
    const { client } = await connect(modes.modern, {
      [`${prefix}UPSTREAM`]: upstream,
      [`${prefix}PROFILE`]: 'nobody',
    });
    expect((await client.listTools()).tools).toHaveLength(18);
    const result = await client.callTool({ name: 'admin_registry' });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain(
      `npx django-admin-mcp-api login --url ${live.shop.adminUrl} --profile nobody`,
    );
    await client.close();
  });

  it('writes names, statuses and times to the log, and nothing else', async () => {
    const { client, stderr } = await connect(modes.legacy, here);
    await client.callTool({
      name: 'admin_list',
      arguments: { app_label: 'catalog', model_name: 'product', search: 'canary-in-the-search' },
    });
    await client.callTool({
      name: 'admin_set_password',
      arguments: { app_label: 'auth', model_name: 'user', pk: '5', password: 'canary-password-1' },
    });
    await vi.waitFor(() => expect(stderr().match(/mcp.tools_call/g)).toHaveLength(2));
    for (const line of stderr().trim().split('\n'))
      expect(Object.keys(JSON.parse(line))).toEqual(
        expect.arrayContaining(['level', 'time', 'tool', 'status', 'ms', 'msg']),
      );
    expect(stderr()).not.toMatch(/canary|sessionid|csrf|shop-demo-pass/);
    await client.close();
  });
});

describe.each(Object.entries(modes))('stdio, %s client', (_, mode) => {
  /** An upstream of the operator's own that tells when a call was cancelled. */
  const waiting = async (log: string): Promise<string> => {
    const module = join(folder, `waiting-${Math.random()}.mjs`);
    await writeFile(
      module,
      `import { appendFile } from 'node:fs/promises';
       import { setTimeout } from 'node:timers/promises';
       const run = async (input, { signal, progress }) => {
         progress?.(1, 2);
         progress?.(2, 2);
         try { await setTimeout(30_000, undefined, { signal }); }
         catch { await appendFile(${JSON.stringify(log)}, 'cancelled'); throw new Error('gone'); }
       };
       export default () => new Proxy({}, { get: (_, name) => name === 'then' ? undefined : run });`,
    );
    return module;
  };

  it('cancels the call in the upstream when the client cancels, and reports progress before', async () => {
    const log = join(folder, `log-${Math.random()}`);
    const { client } = await connect(mode, credentials, [
      '--dispatcher-factory',
      await waiting(log),
    ]);
    const abort = new AbortController();
    const ticks: number[] = [];
    const call = client.callTool(
      { name: 'admin_registry' },
      {
        signal: abort.signal,
        onprogress: ({ progress }) => {
          ticks.push(progress);
          if (progress === 2) abort.abort();
        },
      },
    );
    await expect(call).rejects.toThrow();
    await vi.waitFor(async () => expect(await readFile(log, 'utf8')).toBe('cancelled'));
    expect(ticks).toEqual([1, 2]);
    await client.close();
  });
});

it('shows the names, the server and the version that the settings say', async () => {
  const { client } = await connect(modes.legacy, {}, [
    ...['--tool-names', 'dotted', '--server-name', 'staging', '--server-version', '9.9'],
    ...['--disable-tools', 'destroy'],
  ]);
  expect(client.getServerVersion()).toMatchObject({ name: 'staging', version: '9.9' });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toContain('admin.delete_preview');
  expect(tools.map(({ name }) => name)).not.toContain('admin.destroy');
  await expect(client.callTool({ name: 'admin_destroy', arguments: {} })).rejects.toThrow(
    'disabled',
  );
  await client.close();
});

it('refuses to start without a site, and says how to give one', async () => {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'stdio'],
    env: { PATH: process.env['PATH'] ?? '' },
    stderr: 'pipe',
  });
  let written = '';
  transport.stderr?.on('data', (chunk) => {
    written += chunk;
  });
  await expect(client.connect(transport)).rejects.toThrow();
  expect(written).toContain('--url');
});

describe('a setting that only calls would show to be wrong', () => {
  it.each([
    ['AUDIT_FILE', '/nowhere/at/all.jsonl', 'audit file'],
    ['SIGNING_KEY', 'short', 'SIGNING_KEY is shorter'],
  ])(
    'ends the server before it has answered anything, though stdin is open: %s',
    async (key, value, told) => {
      const child = spawn(process.execPath, [program, 'stdio'], {
        env: environmentOf({ ADMIN_SITE: live.shop.adminUrl, [key]: value }),
      });
      child.stdin.on('error', () => undefined);
      child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n');
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(told);
    },
  );
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { type Listening, listen } from '../../../src/http/listen.ts';
import type { Gateway } from '../../../src/library.ts';
import { silentLog } from '../../../src/log.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { sessionHeadersOf } from '../support/session.ts';

let live: LiveShop;
let gateway: Gateway;
let server: Listening;
let folder: string;
let headers: Record<string, string>;

beforeAll(async () => {
  live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  folder = await mkdtemp(join(tmpdir(), 'cancel-'));
  // An upstream of the operator's own that reports progress and then waits to be cancelled.
  const module = join(folder, 'waiting.mjs');
  await writeFile(
    module,
    `import { appendFile } from 'node:fs/promises';
     import { setTimeout } from 'node:timers/promises';
     const run = async ({ model_name }, { signal, progress }) => {
       progress?.(1, 2);
       await appendFile(${JSON.stringify(folder)} + '/' + model_name, 'started ');
       try { await setTimeout(30_000, undefined, { signal }); }
       catch { await appendFile(${JSON.stringify(folder)} + '/' + model_name, 'cancelled'); throw new Error('gone'); }
     };
     export default () => new Proxy({}, { get: (_, name) => name === 'then' ? undefined : run });`,
  );
  const settings = loadSettings({
    file: { ADMIN_SITE: live.shop.adminUrl, DISPATCHER_FACTORY: module, PORT: 0 },
  });
  gateway = gatewayOf(settings, silentLog);
  server = await listen(gateway.fetch, settings);
  headers = await sessionHeadersOf(live, 'clerk');
});

afterAll(async () => {
  await server.close();
  await gateway.close();
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

const modes = { legacy: 'legacy', modern: { pin: '2026-07-28' } } as const;

const logOf = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');

describe.each(Object.entries(modes))('over HTTP, %s client', (name, mode) => {
  it('reports progress, and ends the call in the upstream when the client is gone', async () => {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const transport = new StreamableHTTPClientTransport(new URL(`${server.url}mcp/`), {
      requestInit: { headers },
    });
    await client.connect(transport);
    const abort = new AbortController();
    const ticks: number[] = [];
    const call = client.callTool(
      { name: 'admin_list', arguments: { app_label: 'a', model_name: name } },
      { signal: abort.signal, onprogress: ({ progress }) => ticks.push(progress) },
    );
    call.catch(() => undefined);
    await vi.waitFor(async () => expect(await logOf(name)).toBe('started '));
    await vi.waitFor(() => expect(ticks).toEqual([1]));
    // A 2026 client cancels by closing the response, an older one by leaving.
    abort.abort();
    await client.close();
    await expect(call).rejects.toThrow();
    await vi.waitFor(async () => expect(await logOf(name)).toBe('started cancelled'));
  });
});

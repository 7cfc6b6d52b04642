import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import { type DamagingProxy, lateBy, startDamagingProxy } from '../support/damage.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { type Session, sessionOf } from '../support/session.ts';
import { apiClient } from './api-client.ts';
import { callTool } from './mcp-client.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const model = '/{app_label}/{model_name}/';

let live: LiveShop;
let proxy: DamagingProxy;
let session: Session;
let other: Session;

beforeAll(async () => {
  live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  proxy = await startDamagingProxy(live.shop.url);
  session = await sessionOf(live, 'admin');
  other = await sessionOf(live, 'viewer');
});

afterEach(() => proxy.set(undefined));

afterAll(async () => {
  await proxy.stop();
  await stopLive(live);
});

const open = (more: object) => {
  const gateway = gatewayOf(
    loadSettings({ file: { ADMIN_SITE: `${proxy.url}/admin/`, ...more } }),
    silentLog,
  );
  return {
    ...apiClient(gateway, session),
    gateway,
    tool: (name: string, given: object, as = session) => callTool(gateway, as, name, given),
  };
};

describe('limits', () => {
  it('make a caller that calls too often wait, over both faces, and nobody else', async () => {
    const { call, tool, gateway } = open({ RATE_PER_MINUTE: 1 });
    for (let round = 0; round < 10; round += 1)
      expect((await call('GET', '/registry/')).status).toBe(200);
    proxy.headersSeen();
    const refused = await call('GET', '/registry/');
    expect(refused).toMatchObject({
      status: 429,
      body: { error: { code: 'busy', details: { retry_after: expect.any(Number) } } },
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
    const told = await tool('admin_registry', {});
    expect(told).toMatchObject({
      status: 200,
      isError: true,
      body: { status: 429, error: { code: 'busy', hint: expect.stringContaining('retry_after') } },
    });
    // The gate may have asked about the session; no call was sent.
    expect(proxy.headersSeen().length).toBeLessThanOrEqual(1);
    expect((await tool('admin_registry', {}, other)).isError).toBe(false);
    await gateway.close();
  });

  it('let calls wait for a slot, and refuse those that the queue has no room for', async () => {
    const { call, tool, gateway } = open({ MAX_CONCURRENT: 1, MAX_QUEUED: 1 });
    expect((await tool('admin_registry', {})).isError).toBe(false);
    proxy.set({ of: /\/catalog\/tag\//, to: lateBy(500) });
    const running = tool('admin_list', tag);
    const waiting = tool('admin_list', tag);
    // Both are past the gate, whose verdict is remembered, before the next one comes.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const full = await call('GET', model, tag);
    expect(full).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
    expect(full.headers.get('retry-after')).toBe('1');
    expect(await tool('admin_list', tag)).toMatchObject({
      isError: true,
      body: { status: 503, error: { details: { retry_after: 1 } } },
    });
    expect([(await running).isError, (await waiting).isError]).toEqual([false, false]);
    proxy.set(undefined);
    expect((await call('GET', model, tag)).status).toBe(200);
    await gateway.close();
  });

  it('fail at once while Django is down, with the time to wait', async () => {
    const { call, tool, gateway } = open({});
    await call('GET', '/registry/');
    await tool('admin_list', tag);
    proxy.set({ of: /./, to: 'drop' });
    for (let round = 0; round < 6; round += 1) await tool('admin_list', tag);
    const down = await call('GET', model, tag);
    expect(down).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
    expect(Number(down.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await tool('admin_list', tag)).toMatchObject({
      isError: true,
      body: { status: 503, error: { message: expect.stringContaining('is not answering') } },
    });
    // What the gate has to ask about first is no call yet, and no tool's result.
    const stranger = await tool('admin_list', tag, other);
    expect(stranger).toMatchObject({
      status: 503,
      body: { error: { code: -32099, data: { details: { retry_after: expect.any(Number) } } } },
    });
    expect(Number(stranger.headers.get('retry-after'))).toBeGreaterThan(0);
    await gateway.close();
  });

  it('take no body beyond the limit, whatever its length is said to be', async () => {
    const { call, gateway } = open({ MAX_REQUEST_BYTES: 1024 });
    const body = { name: 'x'.repeat(2_000), slug: 'x' };
    expect(await call('POST', model, tag, { body })).toMatchObject({
      status: 413,
      body: { error: { code: 'too_large', hint: expect.stringContaining('--max-request-bytes') } },
    });
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(1_000))),
    });
    const response = await gateway.fetch(
      new Request('http://localhost/mcp/', {
        method: 'POST',
        headers: { host: 'localhost', cookie: session.cookie, 'x-csrftoken': session.token },
        body: endless,
        duplex: 'half',
      } as RequestInit),
    );
    expect(response.status).toBe(413);
    await gateway.close();
  });
});

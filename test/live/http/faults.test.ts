import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop } from '../../../scripts/lib/shop.mjs';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOfSites, type ServedGateway } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import {
  cutTo,
  type Damage,
  type DamagingProxy,
  replaceBy,
  startDamagingProxy,
} from '../support/damage.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { sessionHeadersOf } from '../support/session.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const timeoutMs = 1_000;
/** Time limit of a call, in milliseconds: those of Django's answers, and ours to say so. */
const patienceMs = 4 * timeoutMs + 3_000;

const html = 'text/html; charset=utf-8';
const everything = /./;

const faults: Record<string, Damage['to']> = {
  'drops connections': 'drop',
  'hangs up in the middle of an answer': 'break',
  'never answers': 'hold',
  'truncates its pages': cutTo(0.3),
  'answers garbage': replaceBy(200, html, '\u0000<<<>>>"&amp;'.repeat(200)),
  'answers an empty page': replaceBy(200, html, ''),
  'answers JSON where a page should be': replaceBy(200, 'application/json', '[1, 2, 3]'),
  'redirects to another host': replaceBy(302, html, '', { location: 'https://elsewhere.example/' }),
  'redirects in circles': replaceBy(302, html, '', { location: '/admin/catalog/tag/?e=1' }),
  'fails with 500': replaceBy(500, html, '<h1>Server Error (500)</h1>'),
  'is behind a proxy that says 503': replaceBy(503, html, 'no upstream'),
};

describe('a gateway while Django', () => {
  let live: LiveShop;
  let proxy: DamagingProxy;
  let gateway: ServedGateway;
  let headers: Record<string, string>;

  beforeAll(async () => {
    live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
    proxy = await startDamagingProxy(live.shop.url);
    const settings = loadSettings({
      file: { ADMIN_SITE: `${proxy.url}/admin/`, TIMEOUT_MS: timeoutMs, CONFIRM: 'never' },
    });
    gateway = gatewayOfSites([{ name: 'default', settings }], silentLog);
    headers = {
      host: 'localhost',
      'content-type': 'application/json',
      ...(await sessionHeadersOf(live, 'admin')),
    };
  });

  afterAll(async () => {
    await gateway.close();
    await proxy.stop();
    await stopLive(live);
  });

  const call = async (name: string, args: object) => {
    const started = performance.now();
    const response = await gateway.fetch(
      new Request('http://localhost/mcp/', {
        method: 'POST',
        headers,
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name, arguments: args },
        }),
      }),
    );
    const body = (await response.json()) as {
      result?: { isError: boolean; content: { text: string }[] };
      error?: { message: string };
    };
    return { status: response.status, body, ms: performance.now() - started };
  };

  /** Until the breaker lets requests through again. */
  const untilWell = async (): Promise<void> => {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const { body } = await call('admin_list', tag);
      if (body.result?.isError === false) return;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    throw new Error('The gateway did not recover.');
  };

  it.each(Object.entries(faults))(
    '%s ends every call with a clear answer, and recovers by itself',
    async (_, to) => {
      await untilWell();
      const { inspector } = live;
      const before = await inspector.ask({ count: 'catalog.tag' });
      proxy.set({ of: everything, to });
      const calls = [
        ['admin_registry', {}],
        ['admin_list', tag],
        ['admin_retrieve', { ...tag, pk: '1' }],
        ['admin_update', { ...tag, pk: '1', data: { name: 'never' } }],
        ['admin_destroy', { ...tag, pk: '1' }],
        ['admin_create', { ...tag, data: { name: 'never', slug: 'never' } }],
      ] as const;
      const answers = await Promise.all(calls.map(([name, args]) => call(name, args)));
      proxy.set(undefined);
      for (const [index, { body, ms }] of answers.entries()) {
        const said = JSON.stringify(body);
        expect(ms, said).toBeLessThan(patienceMs);
        expect(body.result?.isError ?? true, `${calls[index]?.[0]}: ${said}`).toBe(true);
        expect(said).toMatch(/"message\\*":\\*"[A-Z]/);
        expect(said).not.toMatch(/Traceback|Server Error|elsewhere\.example\/\?/);
      }
      await untilWell();
      expect(await inspector.ask({ count: 'catalog.tag' })).toEqual(before);
    },
  );

  it('is stopped for a while: calls fail fast, readiness says so, and it goes on afterwards', async () => {
    await untilWell();
    const ready = () => gateway.fetch(new Request('http://localhost/readyz', { headers }));
    expect((await ready()).status).toBe(200);
    process.kill(live.shop.pid, 'SIGSTOP');
    try {
      for (let round = 0; round < 6; round += 1) await call('admin_registry', {});
      const quick = await call('admin_registry', {});
      expect(quick.ms).toBeLessThan(200);
      expect(JSON.stringify(quick.body)).toContain('unavailable');
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      expect((await ready()).status).toBe(503);
    } finally {
      process.kill(live.shop.pid, 'SIGCONT');
    }
    await untilWell();
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await ready()).status).toBe(200);
  });

  it('is killed, and started again: calls say so at once, and it goes on without a restart', async () => {
    await untilWell();
    const ready = async () =>
      (await gateway.fetch(new Request('http://localhost/readyz', { headers }))).status;
    process.kill(live.shop.pid, 'SIGKILL');
    await live.shop.ended;
    const lost = await call('admin_list', tag);
    expect(lost.ms).toBeLessThan(patienceMs);
    expect(lost.body.result?.isError ?? true).toBe(true);
    await expect.poll(ready, { timeout: 10_000 }).toBe(503);
    const again = await startShop({
      django: '5.2',
      env: { SHOP_REST_API: '0' },
      port: Number(new URL(live.shop.url).port),
      log: () => undefined,
    });
    try {
      await expect.poll(ready, { timeout: 40_000, interval: 500 }).toBe(200);
      // Its sessions went with it: the answer is Django's again.
      await expect.poll(async () => (await call('admin_list', tag)).status).toBe(401);
    } finally {
      await again.stop();
    }
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DamagingProxy, lateBy, startDamagingProxy } from '../support/damage.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { sessionHeadersOf } from '../support/session.ts';
import { freePort, refusedServe, type Serving, startServe } from '../support/start-serve.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
/** Long enough for a stop to fall into it, in milliseconds. */
const lateMs = 1_500;

let live: LiveShop;
let proxy: DamagingProxy;
let headers: Record<string, string>;

beforeAll(async () => {
  live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  proxy = await startDamagingProxy(live.shop.url);
  headers = {
    'content-type': 'application/json',
    ...(await sessionHeadersOf(live, 'admin')),
    // A new connection each time, as of many clients.
    connection: 'close',
  };
});

afterAll(async () => {
  await proxy.stop();
  await stopLive(live);
});

const running: Serving[] = [];

const started = async (settings: Readonly<Record<string, string>>): Promise<Serving> => {
  const serving = await startServe(settings);
  running.push(serving);
  return serving;
};

// Also what a failed test has left behind.
afterEach(async () => {
  await Promise.all(running.splice(0).map((serving) => serving.stop()));
});

const call = async (url: string, name: string, args: object): Promise<Record<string, unknown>> => {
  const response = await fetch(`${url}mcp/`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name, arguments: args },
    }),
  });
  expect(response.status).toBe(200);
  const { result } = (await response.json()) as { result: { content: { text: string }[] } };
  return JSON.parse(result.content[0]?.text ?? 'null') as Record<string, unknown>;
};

/** Starts a change whose answer comes late, and stops the gateway when Django has it. */
const stopDuring = async (serving: Serving, name: string) => {
  const change = { of: /^POST .*\/tag\/1\/change\//, to: lateBy(lateMs) };
  proxy.set(change);
  const changed = call(serving.url, 'admin_update', { ...tag, pk: '1', data: { name } });
  await vi.waitFor(
    async () => {
      const { rows } = await live.inspector.ask({ model: 'catalog.tag', filter: { pk: 1 } });
      expect((rows as { name: string }[])[0]?.name).toBe(name);
    },
    { timeout: 10_000 },
  );
  const stopped = serving.stop();
  const [answer, code] = await Promise.all([changed, stopped]);
  proxy.set(undefined);
  return { answer, code };
};

describe('a serve of one process', () => {
  it('finishes the calls that run when it is told to stop', async () => {
    const serving = await started({ ADMIN_SITE: `${proxy.url}/admin/`, PORT: '0' });
    const { answer, code } = await stopDuring(serving, 'late-1');
    expect(answer).toMatchObject({ fields: { name: { value: 'late-1' } } });
    expect(code).toBe(0);
  });
});

describe('a serve of two workers', () => {
  const settings = () => ({ ADMIN_SITE: `${proxy.url}/admin/`, PORT: '0', WORKERS: '2' });

  const pidsIn = (log: string): ReadonlySet<string> =>
    new Set([...log.matchAll(/"pid":(\d+).*"tool":"list"/g)].map(([, pid = '']) => pid));

  /** Calls until both have taken one. */
  const untilBothServe = (serving: Serving): Promise<void> =>
    vi.waitFor(
      async () => {
        await call(serving.url, 'admin_list', tag);
        expect(pidsIn(serving.log()).size).toBe(2);
      },
      { timeout: 10_000 },
    );

  it('takes requests with both, and either knows what the other has asked', async () => {
    const serving = await started(settings());
    await untilBothServe(serving);
    const { pk } = await call(serving.url, 'admin_create', {
      ...tag,
      data: { name: 'Workers', slug: 'workers' },
    });
    const asked = await call(serving.url, 'admin_destroy', { ...tag, pk });
    const { confirm_token } = asked;
    expect(confirm_token).toEqual(expect.any(String));
    // Connections go to the workers in turn: this is the other one.
    const done = await call(serving.url, 'admin_destroy', { ...tag, pk, confirm_token });
    expect(done).toMatchObject({ deleted: true });
    expect(await serving.stop()).toBe(0);
  });

  it('replaces one that died, and goes on meanwhile', async () => {
    const serving = await started(settings());
    await untilBothServe(serving);
    const [victim = 0] = await serving.workers();
    process.kill(victim, 'SIGKILL');
    await vi.waitFor(() => expect(serving.log()).toContain('worker.died'), { timeout: 5_000 });
    expect(await call(serving.url, 'admin_list', tag)).toHaveProperty('results');
    await vi.waitFor(
      async () => {
        const workers = await serving.workers();
        expect(workers).toHaveLength(2);
        expect(workers).not.toContain(victim);
      },
      { timeout: 5_000 },
    );
    expect(await serving.stop()).toBe(0);
  });

  it('ends with exit code 0 after the calls that run', async () => {
    const serving = await started(settings());
    const { answer, code } = await stopDuring(serving, 'late-2');
    expect(answer).toMatchObject({ fields: { name: { value: 'late-2' } } });
    expect(code).toBe(0);
  });

  it('adds up what its workers have counted on the port for metrics', async () => {
    const port = await freePort();
    const serving = await started({ ...settings(), METRICS_PORT: String(port) });
    const status = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await untilBothServe(serving);
    const text = await (await status('/metrics')).text();
    const [, counted] =
      /^django_admin_mcp_calls_total\{site="default",upstream="stock",tool="list",status="200"\} (\d+)$/m.exec(
        text,
      ) ?? [];
    // Lines of the log follow their calls by a few milliseconds.
    await expect
      .poll(() => [...serving.log().matchAll(/"tool":"list"/g)].length)
      .toBe(Number(counted));
    expect(text).toContain('django_admin_mcp_breaker{site="default"} 0\n');
    expect((await status('/healthz')).status).toBe(200);
    expect((await status('/readyz')).status).toBe(200);
    expect((await fetch(`${serving.url}metrics`)).status).toBe(404);
    expect(await serving.stop()).toBe(0);
  });

  it('says once what is wrong, with an exit code, before or after a worker finds it', async () => {
    const port = await freePort();
    await started({ ...settings(), WORKERS: '1', PORT: String(port) });
    const wrong = [
      [{ PORT: String(port) }, 'it is in use'],
      [{ SIGNING_KEY: 'short' }, 'SIGNING_KEY is shorter'],
      [{ GATEWAY_ORIGIN: 'shop.example' }, 'GATEWAY_ORIGIN must be'],
      [{ METRICS: 'true' }, '--metrics-port'],
    ] as const;
    for (const [more, message] of wrong) {
      const { code, said } = await refusedServe({ ...settings(), ...more });
      expect(code, said).toBe(2);
      expect(said.split(message)).toHaveLength(2);
      expect(said.split('error: ')).toHaveLength(2);
    }
  });
});

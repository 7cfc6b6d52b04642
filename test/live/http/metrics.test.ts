import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSites } from '../../../src/config/sites.ts';
import { gatewayOfSites, type ServedGateway } from '../../../src/gateway.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import { silentLog } from '../../../src/log.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { type Session, sessionOf } from '../support/session.ts';
import { callTool } from './mcp-client.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };

let live: LiveShop;
let session: Session;

beforeAll(async () => {
  live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  session = await sessionOf(live, 'viewer');
});

afterAll(() => stopLive(live));

const open = async (more: object): Promise<ServedGateway> =>
  gatewayOfSites(
    loadSites({ file: { ADMIN_SITE: live.shop.adminUrl, ...more } }),
    silentLog,
    await createMetrics(),
  );

const read = (fetch: ServedGateway['fetch'], path = '/metrics'): Promise<Response> =>
  fetch(new Request(`http://localhost${path}`, { headers: { host: 'localhost' } }));

/** The samples by name and labels, as Prometheus would read them. */
const samplesOf = async (gateway: ServedGateway): Promise<ReadonlyMap<string, number>> => {
  const text = await (await read(gateway.status)).text();
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at).replace('django_admin_mcp_', ''), Number(line.slice(at + 1))];
      }),
  );
};

const at = 'site="default",upstream="stock"';

describe('metrics', () => {
  it('count calls of both faces by tool and status, and time Django apart', async () => {
    const gateway = await open({});
    await callTool(gateway, session, 'admin_list', tag);
    await callTool(gateway, session, 'admin_list', { ...tag, page: 1 });
    await callTool(gateway, session, 'admin_create', { ...tag, data: { name: 'No', slug: 'no' } });
    await gateway.fetch(
      new Request('http://localhost/api/v1/registry/', {
        headers: { host: 'localhost', cookie: session.cookie },
      }),
    );
    const samples = await samplesOf(gateway);
    expect(samples.get(`calls_total{${at},tool="list",status="200"}`)).toBe(2);
    expect(samples.get(`calls_total{${at},tool="create",status="403"}`)).toBe(1);
    expect(samples.get(`calls_total{${at},tool="registry",status="200"}`)).toBe(1);
    expect(samples.get('call_seconds_count{site="default",tool="list"}')).toBe(2);
    const own = samples.get('call_seconds_sum{site="default",tool="list"}') ?? 0;
    expect(own).toBeGreaterThan(0);
    const gets = 'django_request_seconds_count{site="default",method="GET",status="200"}';
    expect(samples.get(gets)).toBeGreaterThanOrEqual(3);
    expect(samples.get('django_bytes_total{site="default"}')).toBeGreaterThan(1_000);
    expect(samples.get('calls_running{site="default"}')).toBe(0);
    expect(samples.get('calls_waiting{site="default"}')).toBe(0);
    expect(samples.get('breaker{site="default"}')).toBe(0);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    await gateway.close();
  });

  it('count the sessions that passed, and not one that Django refused since', async () => {
    const gateway = await open({});
    const sessions = async () => (await samplesOf(gateway)).get('sessions{site="default"}');
    await callTool(gateway, session, 'admin_list', tag);
    expect(await sessions()).toBe(1);
    await callTool(gateway, session, 'admin_create', { ...tag, data: { name: 'No', slug: 'no' } });
    expect(await sessions()).toBe(0);
    await gateway.close();
  });

  it('hold no model, key, user or made-up name', async () => {
    const gateway = await open({});
    await callTool(gateway, session, 'admin_retrieve', { ...tag, pk: 'made-up-key' });
    await callTool(gateway, session, 'admin_retrieve', { app_label: 'no', model_name: 'such' });
    await callTool(gateway, session, 'made_up_tool');
    const samples = await samplesOf(gateway);
    const keys = [...samples.keys()].join('\n');
    expect(keys).toContain('tool="retrieve",status="404"');
    expect(samples.get(`calls_total{${at},tool="unknown",status="404"}`)).toBe(1);
    expect(keys).not.toMatch(/catalog|tag"|made|viewer|such/);
    const labels = new Set([...keys.matchAll(/(\w+)="/g)].map(([, label]) => label));
    for (const label of ['site', 'upstream', 'tool', 'status', 'method', 'le'])
      labels.delete(label);
    // What Node tells about itself.
    for (const label of ['version', 'major', 'minor', 'patch', 'type', 'space', 'kind'])
      labels.delete(label);
    expect([...labels]).toEqual([]);
    await gateway.close();
  });

  it('are on the main address only where the operator wants them there', async () => {
    const apart = await open({});
    expect((await read(apart.fetch)).status).toBe(404);
    expect((await read(apart.status)).status).toBe(200);
    await apart.close();
    const here = await open({ METRICS: true });
    const answer = await read(here.fetch);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    await here.close();
  });
});

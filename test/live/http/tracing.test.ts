import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { listen } from '../../../src/http/listen.ts';
import { silentLog } from '../../../src/log.ts';
import { startDamagingProxy } from '../support/damage.ts';
import { startLive, stopLive } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';
import { callTool } from './mcp-client.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

it('a request keeps its id and its trace on the way to Django, and gets an id where it has none', async () => {
  const live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  const proxy = await startDamagingProxy(live.shop.url);
  const settings = loadSettings({ file: { ADMIN_SITE: `${proxy.url}/admin/`, PORT: 0 } });
  const gateway = gatewayOf(settings, silentLog);
  const server = await listen(gateway.fetch, settings);
  const session = await sessionOf(live, 'viewer');
  const overSockets = {
    fetch: async (request: Request) =>
      fetch(`${server.url}mcp/`, {
        method: request.method,
        headers: request.headers,
        body: await request.text(),
      }),
  };
  try {
    const named = await callTool(overSockets, session, 'admin_list', tag, {
      traceparent,
      tracestate: 'vendor=1',
      'x-request-id': 'edge-17',
    });
    expect(named.isError).toBe(false);
    expect(named.headers.get('x-request-id')).toBe('edge-17');
    const seen = proxy.headersSeen();
    expect(seen.length).toBeGreaterThan(1);
    for (const headers of seen)
      expect(headers).toMatchObject({
        traceparent,
        tracestate: 'vendor=1',
        'x-request-id': 'edge-17',
      });

    for (const odd of ['two words', 'x'.repeat(200)]) {
      const given = await callTool(overSockets, session, 'admin_list', tag, {
        'x-request-id': odd,
      });
      const id = given.headers.get('x-request-id');
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      for (const headers of proxy.headersSeen()) expect(headers['x-request-id']).toBe(id);
    }
    const bare = await callTool(overSockets, session, 'admin_list', tag);
    const id = bare.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    for (const headers of proxy.headersSeen()) {
      expect(headers['x-request-id']).toBe(id);
      expect(headers).not.toHaveProperty('traceparent');
    }
  } finally {
    await server.close();
    await gateway.close();
    await proxy.stop();
    await stopLive(live);
  }
});

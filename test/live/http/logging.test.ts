import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import type { Log, LogFields } from '../../../src/log.ts';
import { startLive, stopLive } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';
import { callTool } from './mcp-client.ts';

it('every request leaves one line with its id, under the names of the Python package', async () => {
  const live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  const lines: [string, string, LogFields][] = [];
  const at = (level: string) => (event: string, fields: LogFields) =>
    lines.push([level, event, fields]);
  const log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((level) => [level, at(level)]),
  ) as unknown as Log;
  const gateway = gatewayOf(
    loadSettings({ file: { ADMIN_SITE: live.shop.adminUrl, MAX_REQUEST_BYTES: 1024 } }),
    log,
  );
  const request = 'line-1';
  const { cookie, token } = await sessionOf(live, 'viewer');
  const send = (method: string, path: string, body?: object, headers: object = {}) =>
    gateway.fetch(
      new Request(`http://localhost${path}`, {
        method,
        headers: {
          host: 'localhost',
          cookie,
          'x-csrftoken': token,
          'content-type': 'application/json',
          'x-request-id': request,
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  /** The only line since the last time. */
  const line = () => {
    expect(lines).toHaveLength(1);
    const [[level, event, fields] = []] = lines.splice(0);
    expect(JSON.stringify(fields)).not.toContain('canary');
    return { level, event, ...fields };
  };
  try {
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    await send('POST', '/mcp/', ping);
    expect(line()).toMatchObject({
      request,
      level: 'info',
      event: 'mcp.method',
      rpc: 'ping',
      status: 200,
    });
    await send('POST', '/mcp/', { ...ping, method: 'canary canary' });
    expect(line()).toMatchObject({ event: 'mcp.method', rpc: '(other)' });
    await send('GET', '/mcp/manifest/');
    expect(line()).toMatchObject({ event: 'mcp.method', rpc: 'manifest' });
    await callTool(
      gateway,
      { cookie, token },
      'admin_list',
      { app_label: 'catalog', model_name: 'tag' },
      { 'x-request-id': request },
    );
    expect(line()).toMatchObject({ request, event: 'mcp.tools_call', tool: 'list', status: 200 });
    await send('GET', '/api/v1/catalog/tag/');
    expect(line()).toMatchObject({
      request,
      event: 'mcp.tools_call',
      tool: 'list',
      user: 'Viewer',
    });
    await send('GET', '/api/v1/catalog/tag/?page=nonsense');
    expect(line()).toMatchObject({ event: 'mcp.tools_call', status: 400 });

    for (const path of ['/mcp/', '/api/v1/registry/']) {
      await send('GET', path, undefined, { cookie: 'sessionid=canary' });
      expect(line()).toMatchObject({ request, level: 'warn', event: 'mcp.auth.unauthenticated' });
    }
    for (const path of ['/mcp/', '/api/v1/catalog/tag/']) {
      await send('POST', path, ping, { 'x-csrftoken': 'canary' });
      expect(line()).toMatchObject({ request, level: 'warn', event: 'mcp.auth.forbidden' });
      await send('POST', path, { name: 'canary'.repeat(500) });
      expect(line()).toMatchObject({ request, level: 'warn', event: 'mcp.request.too_large' });
    }
    await send('POST', '/api/v1/login/', { username: 'canary', password: 'canary' });
    expect(line()).toMatchObject({ level: 'warn', event: 'mcp.auth.unauthenticated', status: 401 });
  } finally {
    await gateway.close();
    await stopLive(live);
  }
});

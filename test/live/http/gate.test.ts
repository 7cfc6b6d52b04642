import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import type { Settings } from '../../../src/config/options.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import type { Gateway } from '../../../src/library.ts';
import { silentLog } from '../../../src/log.ts';
import { describeShops, type LiveShop } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

const withGateway = async <T>(
  live: LiveShop,
  run: (gateway: Gateway) => Promise<T>,
  more: Partial<Record<keyof Settings, unknown>> = {},
): Promise<T> => {
  const gateway = gatewayOf(
    loadSettings({ file: { ADMIN_SITE: live.shop.adminUrl, ...more } }),
    silentLog,
  );
  try {
    return await run(gateway);
  } finally {
    await gateway.close();
  }
};

const post = (
  gateway: Gateway,
  headers: Record<string, string>,
  body: string = JSON.stringify(ping),
  path = '/mcp/',
): Promise<Response> =>
  gateway.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
      body,
    }),
  );

// biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
const bodyOf = async (response: Response): Promise<any> => response.json();

const get = (gateway: Gateway, path: string, headers: Record<string, string>): Promise<Response> =>
  gateway.fetch(
    new Request(`http://localhost${path}`, { headers: { host: 'localhost', ...headers } }),
  );

await describeShops('the HTTP gate', { env: { SHOP_REST_API: '0' } }, (live) => {
  it('answers staff with a valid CSRF token, with and without the trailing slash', async () => {
    const { cookie, token } = await sessionOf(live(), 'viewer');
    await withGateway(live(), async (gateway) => {
      for (const path of ['/mcp', '/mcp/']) {
        const response = await post(gateway, { cookie, 'x-csrftoken': token }, undefined, path);
        expect(response.status).toBe(200);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(await response.json()).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
      }
    });
  });

  it('answers anonymous callers with 401', async () => {
    await withGateway(live(), async (gateway) => {
      for (const headers of [{}, { cookie: 'sessionid=nonsense', 'x-csrftoken': 'x' }]) {
        const response = await post(gateway, headers);
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toContain('DjangoSession');
        expect((await bodyOf(response)).error.code).toBe(-32001);
      }
    });
  });

  it('answers users who are not staff with 403, and inactive ones with 401', async () => {
    const { inspector } = live();
    const { cookie, token } = await sessionOf(live(), 'intake');
    const change = (values: object) =>
      inspector.ask({ set: { model: 'auth.user', filter: { username: 'intake' }, values } });
    try {
      await withGateway(live(), async (gateway) => {
        await change({ is_staff: false });
        const stranger = await post(gateway, { cookie, 'x-csrftoken': token });
        expect(stranger.status).toBe(403);
        expect((await bodyOf(stranger)).error.code).toBe(-32002);
        await change({ is_staff: true, is_active: false });
        expect((await post(gateway, { cookie, 'x-csrftoken': token })).status).toBe(401);
      });
    } finally {
      await change({ is_staff: true, is_active: true });
    }
  });

  it('refuses a missing or wrong CSRF token with 403', async () => {
    const { cookie } = await sessionOf(live(), 'viewer');
    await withGateway(live(), async (gateway) => {
      for (const headers of [{ cookie }, { cookie, 'x-csrftoken': 'a'.repeat(32) }]) {
        const response = await post(gateway, headers);
        expect(response.status).toBe(403);
        expect((await bodyOf(response)).error.message).toContain('CSRF');
      }
    });
  });

  it('takes no token but that of the session, whatever it looks like', async () => {
    const { cookie, token } = await sessionOf(live(), 'viewer');
    const alphabet = fc.stringMatching(/^[A-Za-z0-9]{0,64}$/);
    const nearly = fc.nat({ max: token.length - 1 }).map((at) => {
      const other = token[at] === 'a' ? 'b' : 'a';
      return `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
    });
    await withGateway(live(), async (gateway) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(alphabet, nearly), async (guess) => {
          const { status } = await post(gateway, { cookie, 'x-csrftoken': guess });
          expect(status).toBe(403);
        }),
        { numRuns: 25 },
      );
      expect((await post(gateway, { cookie, 'x-csrftoken': token })).status).toBe(200);
    });
  });

  it('refuses a foreign Host and a foreign Origin before it looks at the session', async () => {
    const { cookie, token } = await sessionOf(live(), 'viewer');
    await withGateway(live(), async (gateway) => {
      for (const evil of [{ host: 'evil.example' }, { origin: 'https://evil.example' }]) {
        const response = await post(gateway, { cookie, 'x-csrftoken': token, ...evil });
        expect(response.status).toBe(403);
      }
    });
  });

  it('refuses a body over the limit with 413, and what is not JSON with -32700', async () => {
    const { cookie, token } = await sessionOf(live(), 'viewer');
    const headers = { cookie, 'x-csrftoken': token };
    await withGateway(
      live(),
      async (gateway) => {
        expect((await post(gateway, headers, JSON.stringify('x'.repeat(2_000)))).status).toBe(413);
        const broken = await post(gateway, headers, '{"jsonrpc"');
        expect(broken.status).toBe(400);
        expect((await bodyOf(broken)).error.code).toBe(-32700);
      },
      { MAX_REQUEST_BYTES: 1_024 },
    );
  });

  it('shows landing and manifest to staff, as JSON and as a page', async () => {
    const { cookie } = await sessionOf(live(), 'viewer');
    await withGateway(live(), async (gateway) => {
      expect((await get(gateway, '/mcp/', {})).status).toBe(401);
      expect((await get(gateway, '/mcp/manifest/', {})).status).toBe(401);
      const facts = await (await get(gateway, '/mcp/', { cookie })).json();
      expect(facts).toMatchObject({ tools_count: 18, endpoint: 'http://localhost/mcp/' });
      const manifest = await bodyOf(await get(gateway, '/mcp/manifest', { cookie }));
      expect(manifest.tools).toHaveLength(18);
      const page = await get(gateway, '/mcp', { cookie, accept: 'text/html' });
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await page.text()).toContain('admin_delete_preview');
    });
  });

  it('answers other methods with 405 and what is allowed', async () => {
    await withGateway(live(), async (gateway) => {
      const response = await gateway.fetch(
        new Request('http://localhost/mcp/', { method: 'DELETE', headers: { host: 'localhost' } }),
      );
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, POST');
    });
  });
});

import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import { tokenInPage } from '../../../src/session/csrf-token.ts';
import { describeShops, oneSeries, password } from '../support/live-shop.ts';
import { callTool } from './mcp-client.ts';

interface Odd {
  readonly env: Readonly<Record<string, string>>;
  /** Settings of the gateway. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sessionCookie?: string;
  /** Sent to Django when its login page is read past the gateway. */
  readonly headers?: Readonly<Record<string, string>>;
}

const behindProxy = { 'X-Forwarded-Proto': 'https' };

const sites: Readonly<Record<string, Odd>> = {
  LoginRequiredMiddleware: { env: { SHOP_LOGIN_REQUIRED: '1' } },
  'cookies of other names': {
    env: { SHOP_CSRF: 'renamed', SHOP_SESSION_COOKIE: 'shop_session' },
    settings: { CSRF_HEADER: 'X-Shop-Csrf' },
    sessionCookie: 'shop_session',
  },
  CSRF_USE_SESSIONS: { env: { SHOP_CSRF: 'session' } },
  'TLS before it, Secure cookies and the __Host- prefix': {
    env: { SHOP_HTTPS: '1', SHOP_SESSION_COOKIE: '__Host-sessionid' },
    settings: { HEADERS: behindProxy },
    sessionCookie: '__Host-sessionid',
    headers: behindProxy,
  },
};

const tag = { app_label: 'catalog', model_name: 'tag' };

for (const [name, odd] of Object.entries(sites))
  await describeShops(
    `A site with ${name}`,
    { env: { SHOP_REST_API: '0', ...odd.env } },
    (live) => {
      it('lets a client log in, read, write over both faces and log out', async () => {
        const { shop } = live();
        const { settings = {}, sessionCookie = 'sessionid', headers = {} } = odd;
        const gateway = gatewayOf(
          loadSettings({ file: { ADMIN_SITE: shop.adminUrl, CONFIRM: 'never', ...settings } }),
          silentLog,
        );
        const csrfHeader = String(settings['CSRF_HEADER'] ?? 'X-CSRFToken');
        const jar = new Map<string, string>();
        const keep = (response: Response): readonly string[] => {
          const lines = response.headers.getSetCookie();
          for (const line of lines) {
            const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            jar.set(key, value);
          }
          return lines;
        };
        const cookie = (): string => [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
        const page = await fetch(`${shop.adminUrl}login/`, { headers });
        keep(page);
        let token = tokenInPage(await page.text()) ?? '';
        const api = async (method: string, path: string, body?: object, csrf = token) => {
          const response = await gateway.fetch(
            new Request(`http://localhost/api/v1${path}`, {
              method,
              headers: {
                host: 'localhost',
                cookie: cookie(),
                ...(method === 'GET' ? {} : { [csrfHeader]: csrf }),
              },
              ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            }),
          );
          return { status: response.status, cookies: keep(response), text: await response.text() };
        };

        const wrong = await api('POST', '/login/', { username: 'admin', password: 'no' });
        expect([wrong.status, wrong.text]).toEqual([
          403,
          expect.stringContaining('invalid_credentials'),
        ]);
        const entered = await api('POST', '/login/', { username: 'admin', password });
        expect([entered.status, entered.text]).toEqual([200, expect.stringContaining('"Admin"')]);
        const session = entered.cookies.find((line) => line.startsWith(`${sessionCookie}=`)) ?? '';
        expect(session).toContain('HttpOnly');
        if (headers === behindProxy) expect(session).toContain('Secure');

        const fresh = [...jar].find(([key]) => /csrf/.test(key))?.[1];
        const home = await fetch(shop.adminUrl, { headers: { ...headers, cookie: cookie() } });
        token = fresh ?? tokenInPage(await home.text()) ?? '';
        expect((await api('GET', '/registry/')).status).toBe(200);
        const made = await api('POST', '/catalog/tag/', { name: 'Odd', slug: 'odd' });
        expect([made.status, made.text]).toEqual([201, expect.stringContaining('"pk"')]);
        const { pk } = JSON.parse(made.text) as { pk: number };
        const forged = await api('DELETE', `/catalog/tag/${pk}/`, undefined, 'a'.repeat(32));
        expect(forged.status).toBe(403);

        const call = (csrf: string, cookies = cookie()) =>
          callTool(
            gateway,
            { cookie: cookies, token: '' },
            'admin_destroy',
            { ...tag, pk: String(pk) },
            { [csrfHeader.toLowerCase()]: csrf },
          );
        expect((await call('b'.repeat(32))).status).toBe(403);
        expect((await call(token, '')).status).toBe(401);
        expect(await call(token)).toMatchObject({ isError: false, body: { deleted: true } });

        const bye = await api('POST', '/logout/', {});
        expect([bye.status, bye.text]).toEqual([200, expect.any(String)]);
        expect((await api('GET', '/registry/')).status).toBe(403);
        await gateway.close();
      });
    },
    oneSeries,
  );

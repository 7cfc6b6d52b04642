import { expect, it } from 'vitest';
import { createCookieCallers } from '../../../src/session/cookie-caller.ts';
import { parseCookieHeader } from '../../../src/session/cookie-text.ts';
import { tokenInPage } from '../../../src/session/csrf-token.ts';
import { logout } from '../../../src/session/logout.ts';
import { probeSession } from '../../../src/session/probe.ts';
import { createSessionCaller } from '../../../src/session/session-caller.ts';
import { whoAmI } from '../../../src/session/who-am-i.ts';
import { describeShops, type LiveOptions, type LiveShop } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';

const signal = AbortSignal.timeout(10 * 60_000);

const settings: Readonly<Record<string, LiveOptions>> = {
  'the CSRF cookie': {},
  'an HttpOnly CSRF cookie': { env: { SHOP_CSRF: 'httponly' } },
  'CSRF in the session': { env: { SHOP_CSRF: 'session' } },
  'renamed cookies': { env: { SHOP_CSRF: 'renamed', SHOP_SESSION_COOKIE: 'shop_session' } },
  'TLS that ends before Django': {
    env: { SHOP_HTTPS: '1', SHOP_SESSION_COOKIE: '__Host-sessionid', SHOP_HOSTS: 'shop.example' },
    site: { headers: { 'X-Forwarded-Proto': 'https', Host: 'shop.example' } },
  },
  'another language': { env: { SHOP_LANGUAGE: 'de' } },
};

const asClient = ({ client }: LiveShop, cookie: string, csrfToken?: string) =>
  createCookieCallers({ client, signInHint: 'Log in again.' })({ cookie, csrfToken });

for (const [name, options] of Object.entries(settings))
  await describeShops(`with ${name}`, options, (live) => {
    it('a caller has a token that Django accepts, and Django judges every other', async () => {
      const { cookie } = await sessionOf(live(), 'clerk');
      const caller = asClient(live(), cookie);
      const token = await caller.csrfToken(signal);
      expect(await probeSession(caller, token, signal)).toBe('ok');
      expect(await probeSession(caller, token, signal)).toBe('ok');
      for (const wrong of [undefined, '', 'x', 'a'.repeat(32), 'a'.repeat(64)])
        expect(await probeSession(caller, wrong, signal)).toBe('csrf');
    });

    it('a stranger is anonymous, with and without a token', async () => {
      const page = asClient(live(), '');
      const { text } = await page.send({ method: 'GET', path: '/admin/login/' }, signal);
      const token = tokenInPage(text);
      expect(token).toBeDefined();
      expect(await probeSession(page, token, signal)).toBe('anonymous');
      for (const cookie of ['', 'sessionid=forged; shop_session=forged; __Host-sessionid=forged'])
        expect(await probeSession(asClient(live(), cookie), token, signal)).toBe('anonymous');
      expect(await whoAmI(page, signal)).toMatchObject({ standing: 'anonymous' });
    });

    it('a user who lost staff status is told from a stranger', async () => {
      const caller = asClient(live(), (await sessionOf(live(), 'viewer')).cookie);
      const token = await caller.csrfToken(signal);
      const setStaff = (is_staff: boolean) =>
        live().inspector.ask({
          set: { model: 'auth.user', filter: { username: 'viewer' }, values: { is_staff } },
        });
      await setStaff(false);
      try {
        expect(await whoAmI(caller, signal)).toMatchObject({ standing: 'not_staff' });
        expect(await probeSession(caller, token, signal)).toBe('not_staff');
        expect(await probeSession(caller, 'a'.repeat(64), signal)).toBe('not_staff');
      } finally {
        await setStaff(true);
      }
      expect(await probeSession(caller, token, signal)).toBe('ok');
    });

    it('a logout ends the session in Django', async () => {
      const { cookie } = await sessionOf(live(), 'clerk');
      const caller = createSessionCaller({
        client: live().client,
        cookies: parseCookieHeader(cookie),
        signInHint: 'Log in again.',
      });
      expect(await logout(caller, signal)).toBe(true);
      expect(await whoAmI(asClient(live(), cookie), signal)).toMatchObject({
        standing: 'anonymous',
      });
      expect(await logout(caller, signal)).toBe(false);
    });
  });

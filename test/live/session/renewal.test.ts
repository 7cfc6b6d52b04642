import { expect, it } from 'vitest';
import { isLoginRedirect } from '../../../src/django/redirects.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { createCookieCallers } from '../../../src/session/cookie-caller.ts';
import { login } from '../../../src/session/login.ts';
import { createSessionCaller, type SessionCaller } from '../../../src/session/session-caller.ts';
import { memoryStore, storedSession } from '../../../src/session/store.ts';
import { whoAmI } from '../../../src/session/who-am-i.ts';
import { describeShops, type LiveShop, password } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';

const signal = AbortSignal.timeout(10 * 60_000);
const key = { adminUrl: 'http://shop.example/admin/', profile: 'default' };
const index = { method: 'GET', path: '/admin/' } as const;

const callerOf = (
  { client }: LiveShop,
  more: Partial<Parameters<typeof createSessionCaller>[0]> = {},
): SessionCaller => createSessionCaller({ client, signInHint: 'Log in again.', ...more });

/** Credentials, and how often they were asked for. */
const counted = (username: string, secret = password) => {
  const count = { asked: 0 };
  return {
    count,
    credentials: async () => {
      count.asked += 1;
      return { username, password: secret };
    },
  };
};

const endSessions = ({ inspector }: LiveShop) =>
  inspector.ask({ delete: { model: 'sessions.session', filter: {} } });

/** Whether Django, or the caller before it, takes the user for a stranger. */
const isOver = async (caller: SessionCaller): Promise<boolean> => {
  try {
    return isLoginRedirect(caller.site, await caller.send(index, signal));
  } catch (error) {
    if (error instanceof GatewayError && error.reason === 'anonymous') return true;
    throw error;
  }
};

await describeShops('a session of our own', { env: { SHOP_REST_API: '0' } }, (live) => {
  it('is logged in on first use, once for all who ask at the same time', async () => {
    const { count, credentials } = counted('clerk');
    const caller = callerOf(live(), { credentials });
    const answers = await Promise.all([1, 2, 3, 4].map(() => caller.send(index, signal)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(count.asked).toBe(1);
  });

  it('is renewed after Django ended it, once for all who met its end', async () => {
    const { count, credentials } = counted('clerk');
    const caller = callerOf(live(), { credentials });
    expect(await isOver(caller)).toBe(false);
    const before = caller.fingerprint();
    const token = await caller.csrfToken(signal);
    await endSessions(live());
    expect(await Promise.all([1, 2, 3].map(() => isOver(caller)))).toEqual([true, true, true]);
    expect(await Promise.all([1, 2, 3].map(() => caller.renew(signal)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(await caller.renew(signal)).toBe(true);
    expect(count.asked).toBe(2);
    expect(await isOver(caller)).toBe(false);
    expect(caller.fingerprint()).not.toBe(before);
    expect(await caller.csrfToken(signal)).not.toBe(token);
  });

  it('tries refused credentials once and no more', async () => {
    const { count, credentials } = counted('clerk', 'not-the-password');
    const caller = callerOf(live(), { credentials });
    for (let round = 0; round < 3; round += 1) {
      await expect(caller.send(index, signal)).rejects.toMatchObject({ reason: 'anonymous' });
      await expect(caller.renew(signal)).rejects.toMatchObject({ reason: 'anonymous' });
    }
    expect(count.asked).toBe(1);
  });

  it('is not renewed without credentials', async () => {
    const caller = callerOf(live());
    expect(await isOver(caller)).toBe(true);
    expect(await caller.renew(signal)).toBe(false);
  });

  it('comes from the store and goes there', async () => {
    const store = memoryStore();
    const { count, credentials } = counted('clerk');
    await callerOf(live(), { stored: { store, key }, credentials }).send(index, signal);
    const second = callerOf(live(), { stored: { store, key }, credentials });
    expect(await isOver(second)).toBe(false);
    expect(count.asked).toBe(1);
    expect((await store.load(key))?.userName?.toLowerCase()).toContain('clerk');
  });

  it('is taken from the store again when the user logged in meanwhile', async () => {
    const store = memoryStore();
    const caller = callerOf(live(), { stored: { store, key } });
    expect(await isOver(caller)).toBe(true);
    const { cookies } = await login(live().client, { username: 'admin', password }, signal);
    await store.save(key, storedSession(cookies, 'admin'));
    expect(await caller.renew(signal)).toBe(true);
    expect(await isOver(caller)).toBe(false);
    await endSessions(live());
    expect(await isOver(caller)).toBe(true);
    expect(await caller.renew(signal)).toBe(false);
    const again = await login(live().client, { username: 'admin', password }, signal);
    await store.save(key, storedSession(again.cookies, 'admin'));
    expect(await caller.renew(signal)).toBe(true);
    expect(await isOver(caller)).toBe(false);
  });

  it('asks Django nothing for a user whom nobody logged in', async () => {
    const caller = callerOf(live());
    await expect(caller.send(index, signal)).rejects.toMatchObject({
      reason: 'anonymous',
      hint: 'Log in again.',
    });
  });

  it('comes back when Django lets its user in again', async () => {
    const { inspector, client } = live();
    const { cookies } = await login(client, { username: 'clerk', password }, signal);
    const caller = callerOf(live(), { cookies });
    const setStaff = (is_staff: boolean) =>
      inspector.ask({
        set: { model: 'auth.user', filter: { username: 'clerk' }, values: { is_staff } },
      });
    await setStaff(false);
    expect(await isOver(caller)).toBe(true);
    expect(await caller.renew(signal)).toBe(false);
    await expect(caller.send(index, signal)).rejects.toMatchObject({ reason: 'anonymous' });
    await setStaff(true);
    expect(await caller.renew(signal)).toBe(true);
    expect((await caller.send(index, signal)).status).toBe(200);
  });

  it('outlives a change of its own password', async () => {
    const store = memoryStore();
    const { count, credentials } = counted('intake');
    const caller = callerOf(live(), { stored: { store, key }, credentials });
    const change = async (from: string, to: string) =>
      caller.send(
        {
          method: 'POST',
          path: '/admin/password_change/',
          body: {
            kind: 'form',
            fields: [
              ['csrfmiddlewaretoken', await caller.csrfToken(signal)],
              ['old_password', from],
              ['new_password1', to],
              ['new_password2', to],
            ],
          },
        },
        signal,
      );
    expect((await change(password, 'another-Pass-9')).status).toBe(302);
    expect(await isOver(caller)).toBe(false);
    const other = callerOf(live(), { stored: { store, key } });
    expect(await isOver(other)).toBe(false);
    expect((await change('another-Pass-9', password)).status).toBe(302);
    expect(count.asked).toBe(1);
  });
});

await describeShops('a session of an HTTP client', { env: { SHOP_REST_API: '0' } }, (live) => {
  it('is used as it came, and what Django sets is passed on, but for messages', async () => {
    const { client } = live();
    const { cookie } = await sessionOf({ client }, 'admin');
    const open = createCookieCallers({ client, signInHint: 'Log in again.' });
    const caller = open({ cookie: `${cookie}; messages=forged; other=1` });
    expect(await whoAmI(caller, signal)).toMatchObject({ standing: 'staff' });
    expect(caller.setCookieLines().join()).not.toContain('messages');
    expect(await caller.renew(signal)).toBe(false);
    expect(open({ cookie }).fingerprint()).toBe(open({ cookie }).fingerprint());
    expect(open({ cookie }).fingerprint()).not.toBe(caller.fingerprint());

    const saved = await caller.send(
      {
        method: 'POST',
        path: '/admin/catalog/tag/add/',
        body: {
          kind: 'form',
          fields: [
            ['csrfmiddlewaretoken', await caller.csrfToken(signal)],
            ['name', 'Passed on'],
            ['slug', 'passed-on'],
          ],
        },
      },
      signal,
    );
    expect(saved.status).toBe(302);
    expect(saved.setCookies.get('messages')).toBeTruthy();
    expect(caller.setCookieLines().join()).not.toContain('messages');
  });
});

import type { CookieSet } from '../../../src/django/set-cookie.ts';
import { login } from '../../../src/session/login.ts';
import { type LiveShop, password, type UserName } from './live-shop.ts';

const loginTimeoutMs = 20_000;

/** A Django session as a browser would send it. */
export interface Session {
  readonly cookie: string;
  readonly token: string;
}

/** Headers of a request in a session, to a gateway. */
export interface SessionHeaders extends Readonly<Record<string, string>> {
  readonly cookie: string;
  readonly 'x-csrftoken': string;
}

/** The cookies of a user who has just logged in, staff or not. */
export const cookiesOf = async (
  { client }: Pick<LiveShop, 'client'>,
  username: UserName,
): Promise<readonly CookieSet[]> => {
  const signal = AbortSignal.timeout(loginTimeoutMs);
  return (await login(client, { username, password }, signal)).cookies;
};

export const cookieHeader = (cookies: readonly CookieSet[]): string =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

/** The session of a browser that a user has logged in with. */
export const sessionOf = async (
  live: Pick<LiveShop, 'client'>,
  user: UserName,
): Promise<Session> => {
  const cookies = await cookiesOf(live, user);
  return {
    cookie: cookieHeader(cookies),
    token: cookies.find(({ name }) => /csrf/.test(name))?.value ?? '',
  };
};

/** The same as headers. */
export const sessionHeadersOf = async (
  live: Pick<LiveShop, 'client'>,
  user: UserName,
): Promise<SessionHeaders> => {
  const { cookie, token } = await sessionOf(live, user);
  return { cookie, 'x-csrftoken': token };
};

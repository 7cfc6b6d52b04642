import { createHmac, hash, randomBytes } from 'node:crypto';
import type { CookieSet } from '../django/set-cookie.ts';
import { lastingValue } from './signed-session.ts';

/** New in every process, so that a digest tells nothing and compares with nothing outside. */
const processSalt = randomBytes(32).toString('base64url');

/**
 * Cookies that change while the session stays: Django's messages and CSRF token, and what
 * load balancers set anew on every answer, or no cache would ever hit behind one. Whole
 * names only: a pattern that caught a session cookie would mix two users.
 */
const passing =
  /^(?:messages|csrftoken|AWSALB(?:CORS|TG|TGCORS|APP-\d)?|AWSELB(?:CORS)?|__cf_bm|__cflb|_cfuvid)$/;

const textOf = (cookies: readonly CookieSet[]): string => {
  const pairs = cookies
    .filter(({ name }) => !passing.test(name))
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
  // A `;` cannot stand in a cookie, so two sets never run into one text.
  return pairs.join(';');
};

/** A digest of the cookies that make a session; equal for equal ones in any order. */
export const fingerprintOf = (cookies: readonly CookieSet[]): string =>
  // Every request has one, so in one shot: an HMAC object costs twenty times as much.
  hash('sha256', `${processSalt};${textOf(cookies)}`, 'base64url');

/** The same for what outlives an answer: equal too for cookies that hold the session, signed anew. */
export const lastingFingerprintOf = (cookies: readonly CookieSet[], key: Uint8Array): string => {
  const lasting = cookies.map((cookie) => ({ ...cookie, value: lastingValue(cookie.value) }));
  return createHmac('sha256', key).update(textOf(lasting)).digest('base64url');
};

import { createHmac, hash, randomBytes } from 'node:crypto';
import type { CookieSet } from '../django/set-cookie.ts';

/** New in every process, so that a digest tells nothing and compares with nothing outside. */
const processSalt = randomBytes(32).toString('base64url');

/**
 * Cookies that change while the session stays: Django's messages and CSRF token, and what
 * load balancers set anew on every answer, or no cache would ever hit behind one. Whole
 * names only: a pattern that caught a session cookie would mix two users.
 */
const passing =
  /^(?:messages|csrftoken|AWSALB(?:CORS|TG|TGCORS|APP-\d)?|AWSELB(?:CORS)?|__cf_bm|__cflb|_cfuvid)$/;

/** A digest of the cookies that make a session; equal for equal ones in any order. */
export const fingerprintOf = (cookies: readonly CookieSet[], key?: Uint8Array): string => {
  const pairs = cookies
    .filter(({ name }) => !passing.test(name))
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
  // A `;` cannot stand in a cookie, so two sets never run into one text.
  const text = pairs.join(';');
  // Every request has one, so in one shot: an HMAC object costs twenty times as much.
  return key === undefined
    ? hash('sha256', `${processSalt};${text}`, 'base64url')
    : createHmac('sha256', key).update(text).digest('base64url');
};

import { type CookieSet, isDeletion, parseSetCookie } from '../django/set-cookie.ts';

/** Bounds against a server that piles cookies up; browsers have the like. */
const maxCookies = 64;
const maxCookieBytes = 8 * 1024;

/** An expiry that moves by less is not worth writing a file for: `SESSION_SAVE_EVERY_REQUEST`. */
const notableExpiryMs = 60 * 60 * 1000;

/**
 * Django's messages belong to the response that set them and are read from there; a jar
 * that kept them would show one request's messages to the next.
 */
const messagesCookie = 'messages';

/**
 * The cookies of one session.
 *
 * Our own and not tough-cookie: a session talks to one origin, so domains, paths and the
 * public suffix list (159 KB, 14 us a request against 2) have nothing to decide, and the
 * `Secure`, `__Host-` and `__Secure-` rules would be wrong behind a proxy that ends TLS.
 * Keyed by name alone, as Django reads them; a cookie path (`SESSION_COOKIE_PATH`) could
 * only keep back what we would send anyway.
 */
export interface CookieJar {
  /** The `Cookie` header; empty without cookies. */
  readonly header: () => string;
  /** Keeps what an answer set. True when the session changed in a way worth saving. */
  readonly keep: (setCookieLines: readonly string[]) => boolean;
  readonly get: (name: string) => string | undefined;
  readonly cookies: () => readonly CookieSet[];
  readonly replace: (cookies: readonly CookieSet[]) => void;
}

const isKept = (cookie: CookieSet): boolean =>
  cookie.name !== messagesCookie && cookie.name.length + cookie.value.length <= maxCookieBytes;

const isNotable = (before: CookieSet | undefined, after: CookieSet): boolean =>
  before?.value !== after.value ||
  Math.abs((before.expiresAt ?? 0) - (after.expiresAt ?? 0)) > notableExpiryMs;

/** @param now milliseconds since 1970; for tests */
export const createCookieJar = (
  initial: readonly CookieSet[] = [],
  now: () => number = Date.now,
): CookieJar => {
  const held = new Map<string, CookieSet>();

  const put = (cookie: CookieSet): boolean => {
    if (!isKept(cookie)) return false;
    if (isDeletion(cookie, now())) return held.delete(cookie.name);
    const before = held.get(cookie.name);
    if (before === undefined && held.size >= maxCookies) return false;
    held.set(cookie.name, cookie);
    return isNotable(before, cookie);
  };

  const live = (): CookieSet[] => {
    for (const cookie of held.values()) if (isDeletion(cookie, now())) held.delete(cookie.name);
    return [...held.values()];
  };

  const replace = (cookies: readonly CookieSet[]) => {
    held.clear();
    for (const cookie of cookies) put(cookie);
  };

  replace(initial);
  return {
    header: () =>
      live()
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    keep: (lines) => {
      let notable = false;
      for (const line of lines) {
        const cookie = parseSetCookie(line, now());
        if (cookie !== undefined && put(cookie)) notable = true;
      }
      return notable;
    },
    get: (name) => live().find((cookie) => cookie.name === name)?.value,
    cookies: live,
    replace,
  };
};

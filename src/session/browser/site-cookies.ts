import type { CookieSet } from '../../django/set-cookie.ts';
import { isJsonObject, type JsonValue } from '../../operations/json.ts';

const isForHost = (domain: string, host: string): boolean =>
  domain.startsWith('.') ? `.${host}`.endsWith(domain) : domain === host;

const isForPath = (path: string, asked: string): boolean =>
  asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);

/**
 * The cookies that the browser would send to a URL, of all that it has. The rest of the profile
 * (a single sign-on's, above all) is left where it is.
 *
 * @param cookies as `Storage.getCookies` answers: `expires` in seconds, -1 for the session
 */
export const siteCookies = (cookies: JsonValue | undefined, url: URL): readonly CookieSet[] =>
  (Array.isArray(cookies) ? cookies : []).flatMap((cookie) => {
    if (!isJsonObject(cookie)) return [];
    const { name, value, domain, path, expires, secure } = cookie;
    if (typeof name !== 'string' || typeof value !== 'string') return [];
    if (typeof domain !== 'string' || !isForHost(domain, url.hostname)) return [];
    if (typeof path !== 'string' || !isForPath(path, url.pathname)) return [];
    if (secure === true && url.protocol !== 'https:' && url.hostname !== 'localhost') return [];
    const lasts = typeof expires === 'number' && expires > 0;
    return [{ name, value, expiresAt: lasts ? Math.round(expires * 1000) : undefined }];
  });

import type { CookieSet } from '../django/set-cookie.ts';

/** Django's default; a site that renamed it hands in `name=value`. */
const defaultSessionCookie = 'sessionid';

/** What may not stand in a `Cookie` header (RFC 6265 4.1.1), loosely: Django's values are quoted at times. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const unfit = /[\u0000-\u0020\u007f;,]/;

const isFit = ({ name, value }: CookieSet): boolean =>
  name !== '' && !unfit.test(name) && !name.includes('=') && !unfit.test(value);

/**
 * Reads a `Cookie` header: `sessionid=abc; csrftoken=def`. Where a name repeats, the last
 * one counts, as in Django. What is no cookie is left out.
 */
export const parseCookieHeader = (header: string): readonly CookieSet[] => {
  const byName = new Map<string, CookieSet>();
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const cookie = {
      name: part.slice(0, at).trim(),
      value: part.slice(at + 1).trim(),
      expiresAt: undefined,
    };
    if (isFit(cookie)) byName.set(cookie.name, cookie);
  }
  return [...byName.values()];
};

/**
 * A session as people hand it in: a `Cookie` header, copied with or without its name, or
 * the bare value of the session cookie. Empty when it is neither.
 */
export const parseCookieText = (text: string): readonly CookieSet[] => {
  const trimmed = text.trim().replace(/^cookie:\s*/i, '');
  if (trimmed.includes('=')) return parseCookieHeader(trimmed);
  const bare = { name: defaultSessionCookie, value: trimmed, expiresAt: undefined };
  return trimmed !== '' && isFit(bare) ? [bare] : [];
};

/** One cookie as a `Set-Cookie` line gave it. */
export interface CookieSet {
  readonly name: string;
  /** Verbatim: Django quotes and signs values, and wants them back as they were. */
  readonly value: string;
  /** Milliseconds since 1970; undefined for a cookie that ends with the session. */
  readonly expiresAt: number | undefined;
}

const expiryOf = (attributes: readonly string[], now: number): number | undefined => {
  let expires: number | undefined;
  for (const attribute of attributes) {
    const at = attribute.indexOf('=');
    const name = attribute
      .slice(0, at < 0 ? undefined : at)
      .trim()
      .toLowerCase();
    const value = at < 0 ? '' : attribute.slice(at + 1).trim();
    // RFC 6265 5.3: Max-Age wins over Expires.
    if (name === 'max-age' && /^-?\d{1,12}$/.test(value)) return now + Number(value) * 1000;
    if (name === 'expires') {
      const time = Date.parse(value);
      if (!Number.isNaN(time)) expires = time;
    }
  }
  return expires;
};

/**
 * Reads one `Set-Cookie` line. Domain, path and the security flags are left aside: a session
 * talks to one origin only, and Django behind a proxy that ends TLS sends `Secure` and
 * `__Host-` cookies over our plain hop.
 *
 * @param now milliseconds since 1970, from which `Max-Age` counts
 */
export const parseSetCookie = (line: string, now: number): CookieSet | undefined => {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, Math.max(at, 0)).trim();
  if (name === '') return undefined;
  return { name, value: pair.slice(at + 1).trim(), expiresAt: expiryOf(attributes, now) };
};

/** Django deletes a cookie by an empty value and a date in 1970. */
export const isDeletion = (cookie: CookieSet, now: number): boolean =>
  cookie.expiresAt !== undefined && cookie.expiresAt <= now;

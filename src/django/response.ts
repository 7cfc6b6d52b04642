import { decodeText } from './decode.ts';
import type { DjangoResponse } from './messages.ts';
import { isDeletion, parseSetCookie } from './set-cookie.ts';

export interface ResponseParts {
  readonly status: number;
  /** Lower-case names, as undici gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Uint8Array;
  /** The address that was asked. */
  readonly url: URL;
}

const joined = (headers: ResponseParts['headers']): Record<string, string> => {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  return flat;
};

const cookieLines = (headers: ResponseParts['headers']): readonly string[] => {
  const lines = headers['set-cookie'];
  return lines === undefined ? [] : typeof lines === 'string' ? [lines] : lines;
};

const cookiesIn = (lines: readonly string[]): ReadonlyMap<string, string> => {
  const now = Date.now();
  const cookies = lines.flatMap((line) => parseSetCookie(line, now) ?? []);
  return new Map(
    cookies.map((cookie) => [cookie.name, isDeletion(cookie, now) ? '' : cookie.value]),
  );
};

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

export const createResponse = ({ status, headers, bytes, url }: ResponseParts): DjangoResponse => {
  const flat = joined(headers);
  const to = isRedirect(status) ? flat['location'] : undefined;
  const lines = cookieLines(headers);
  let text: string | undefined;
  return {
    status,
    headers: flat,
    bytes,
    // Decoded on demand: files that an action exports are never read as text.
    get text() {
      text ??= decodeText(bytes, flat['content-type']);
      return text;
    },
    path: `${url.pathname}${url.search}`,
    location: to !== undefined && URL.canParse(to, url.href) ? new URL(to, url) : undefined,
    setCookies: cookiesIn(lines),
    setCookieLines: lines,
  };
};

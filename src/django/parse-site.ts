import { GatewayError } from '../operations/errors.ts';
import type { Site } from './site.ts';

const defaultRestPath = '/api/v1/';
const defaultCsrfHeader = 'X-CSRFToken';
const defaultTimeoutMs = 30_000;
/** A change form with a few unbounded foreign-key selects reaches several megabytes. */
const defaultMaxPageBytes = 16 * 1024 * 1024;

export interface SiteOptions {
  /** URL of the admin index: `https://shop.example.org/admin/`. */
  readonly adminUrl: string;
  /** By default the admin URL without its scheme. */
  readonly name?: string | undefined;
  /** By default `/api/v1/`. */
  readonly restPath?: string | undefined;
  /** By default `X-CSRFToken`. */
  readonly csrfHeader?: string | undefined;
  /** By default what `Host` and `X-Forwarded-…` in `headers` say, if anything. */
  readonly publicOrigin?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds; by default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** By default 16 MiB. */
  readonly maxPageBytes?: number | undefined;
}

/** Headers that belong to the session or to HTTP itself; a setting of them could only do harm. */
const reservedHeaders = new Set([
  'cookie',
  'origin',
  'referer',
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept-encoding',
  'accept-language',
]);

const httpToken = /^[\w!#$%&'*+.^`|~-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const controlCharacter = /[\u0000-\u001f\u007f]/;

const refuse = (message: string, hint: string): never => {
  throw new GatewayError('config', message, { hint });
};

/** Names the setting and not the text, which may hold a password. */
const parseHttpUrl = (setting: string, text: string, example: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return refuse(`${setting} is not an http or https URL.`, `Write it in full: ${example}`);
  if (url.username !== '' || url.password !== '')
    return refuse(
      `${setting} holds a user name or password.`,
      'Take them out of the URL; credentials have settings of their own.',
    );
  if (url.search !== '' || url.hash !== '')
    return refuse(`${setting} has a query or fragment.`, `Cut it off: ${example}`);
  return url;
};

const parseAdminUrl = (text: string): URL => {
  const url = parseHttpUrl('The admin URL', text, 'https://shop.example.org/admin/');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  if (url.pathname.endsWith('/login/'))
    return refuse(
      'The admin URL is that of the login page.',
      'Give the admin index, the page after the login.',
    );
  return url;
};

const parseOrigin = (text: string): string => {
  const url = parseHttpUrl('The public origin', text, 'https://shop.example.org');
  if (url.pathname !== '/')
    return refuse('The public origin has a path.', 'Give scheme and host only.');
  return url.origin;
};

const parseHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const key = name.toLowerCase();
      if (!httpToken.test(name) || controlCharacter.test(value))
        return refuse(
          'An extra header for Django is malformed.',
          'Names are letters, digits and hyphens; values are one line.',
        );
      if (reservedHeaders.has(key))
        return refuse(
          `The header ${key} cannot be set for Django.`,
          'The gateway sets it itself; a session cookie has a setting of its own.',
        );
      return [key, value];
    }),
  );

const parseRestPath = (text: string): string => {
  const path = text.endsWith('/') ? text : `${text}/`;
  if (!path.startsWith('/') || path.startsWith('//') || /[?#\\\s]/.test(path))
    return refuse(
      'The REST path is not a path on the origin of the admin.',
      `Write it like ${defaultRestPath}`,
    );
  return path;
};

const parseCsrfHeader = (name: string): string =>
  httpToken.test(name) && !reservedHeaders.has(name.toLowerCase())
    ? name
    : refuse(
        'The CSRF header is not the name of a header.',
        `Write CSRF_HEADER_NAME as it is sent: HTTP_X_CSRFTOKEN is ${defaultCsrfHeader}.`,
      );

/** What Django takes its own address for, when our headers tell it one (`SECURE_PROXY_SSL_HEADER`). */
const originTold = (headers: Readonly<Record<string, string>>, admin: URL): string | undefined => {
  const scheme = headers['x-forwarded-proto'] ?? admin.protocol.slice(0, -1);
  const host = headers['x-forwarded-host'] ?? headers['host'] ?? admin.host;
  const told = `${scheme}://${host}`;
  if (!/^https?$/.test(scheme) || !URL.canParse(told)) return undefined;
  const { origin } = new URL(told);
  return origin === admin.origin ? undefined : origin;
};

const positive = (setting: string, value: number): number =>
  Number.isSafeInteger(value) && value > 0
    ? value
    : refuse(`${setting} is not a positive whole number.`, 'Leave it out for the default.');

/**
 * Reads the settings of one site.
 *
 * @throws GatewayError `config`
 */
export const parseSite = (options: SiteOptions): Site => {
  const adminUrl = parseAdminUrl(options.adminUrl);
  const headers = parseHeaders(options.headers ?? {});
  return {
    name: options.name ?? `${adminUrl.host}${adminUrl.pathname}`,
    adminUrl,
    restPath: parseRestPath(options.restPath ?? defaultRestPath),
    csrfHeader: parseCsrfHeader(options.csrfHeader ?? defaultCsrfHeader),
    publicOrigin:
      options.publicOrigin === undefined
        ? originTold(headers, adminUrl)
        : parseOrigin(options.publicOrigin),
    headers,
    timeoutMs: positive('The time limit', options.timeoutMs ?? defaultTimeoutMs),
    maxPageBytes: positive('The page limit', options.maxPageBytes ?? defaultMaxPageBytes),
  };
};

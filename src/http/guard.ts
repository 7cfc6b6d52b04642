import { GatewayError } from '../operations/errors.ts';

/** Names under which a request may reach us without being configured. */
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

export interface GuardOptions {
  /** Host names taken besides loopback, without ports. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages taken besides our own. */
  readonly allowedOrigins: readonly string[];
}

export const isLoopback = (host: string): boolean =>
  host === '::1' || loopbackHosts.includes(host) || /^127(\.\d{1,3}){3}$/.test(host);

/** Hosts as clients write them; there are few, but they can make up any. */
const maxHosts = 100;
const hostNames = new Map<string, string | undefined>();

const hostNameOf = (host: string): string | undefined => {
  if (hostNames.has(host)) return hostNames.get(host);
  const name = URL.parse(`http://${host}`)?.hostname;
  if (hostNames.size < maxHosts) hostNames.set(host, name);
  return name;
};

const sameOrigin = (origin: string, host: string): boolean => {
  try {
    return new URL(origin).host === new URL(`http://${host}`).host;
  } catch {
    return false;
  }
};

/**
 * Refuses requests that a web page may have been tricked into sending: a `Host` that is not
 * ours (DNS rebinding) and an `Origin` that is neither ours nor allowed (MCP Streamable HTTP,
 * "Security Warning"). A missing `Origin` passes: clients that are not browsers send none.
 *
 * @throws GatewayError `forbidden`
 */
export const guardRequest = (headers: Headers, options: GuardOptions): void => {
  const host = headers.get('host') ?? '';
  const name = hostNameOf(host);
  if (name === undefined || !(isLoopback(name) || options.allowedHosts.includes(name)))
    throw new GatewayError('forbidden', 'This Host header is not one this gateway serves.', {
      hint: 'The operator adds host names with --allowed-hosts.',
    });
  const origin = headers.get('origin');
  if (origin === null || sameOrigin(origin, host) || options.allowedOrigins.includes(origin))
    return;
  throw new GatewayError('forbidden', 'Pages of this Origin may not call this gateway.', {
    hint: 'The operator adds origins with --allowed-origins.',
  });
};

import type { Dispatcher } from 'undici';

/**
 * Sockets to one site. More would only wait in the backlog of the few workers that Django
 * usually has.
 */
const maxConnections = 32;

/**
 * How long an idle socket is kept where the server does not say. Below the 2 s after which
 * gunicorn closes one: a POST on a socket that is just being closed has an unknown outcome.
 * Over TLS a proxy answers, which waits longer, and a new connection costs round trips.
 */
const idleSocketMs = { 'http:': 1_500, 'https:': 5_000 } as const;

/** The same where the server says it, in a `Keep-Alive` header. */
const maxIdleSocketMs = 60_000;

const connectTimeoutMs = 10_000;

export const isLoopback = (url: URL): boolean =>
  url.hostname === 'localhost' ||
  url.hostname.endsWith('.localhost') ||
  url.hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(url.hostname);

/** As curl and most tools read them: lower case first, loopback never through a proxy. */
const proxiesFor = (origin: URL, env: NodeJS.ProcessEnv) => {
  const read = (name: string) => env[name.toLowerCase()] ?? env[name] ?? '';
  const proxies = {
    httpProxy: read('HTTP_PROXY'),
    httpsProxy: read('HTTPS_PROXY'),
    noProxy: read('NO_PROXY'),
  };
  const isSet = proxies.httpProxy !== '' || proxies.httpsProxy !== '';
  return isSet && !isLoopback(origin) ? proxies : undefined;
};

/**
 * Connections to one origin, kept alive. `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` count;
 * Node itself adds the certificates of `NODE_EXTRA_CA_CERTS`.
 *
 * undici costs 60 to 90 ms to load (facts/stack.md), so it waits for the first request.
 */
export const openTransport = async (
  origin: URL,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Dispatcher> => {
  const { EnvHttpProxyAgent, Pool } = await import('./undici.ts');
  const options = {
    connections: maxConnections,
    // Django behind synchronous workers answers one request a connection anyway.
    pipelining: 1,
    keepAliveTimeout: idleSocketMs[origin.protocol === 'https:' ? 'https:' : 'http:'],
    keepAliveMaxTimeout: maxIdleSocketMs,
    connectTimeout: connectTimeoutMs,
    // The time limit is for the whole answer and is kept by `exchange`.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const proxies = proxiesFor(origin, env);
  return proxies === undefined
    ? new Pool(origin.origin, options)
    : new EnvHttpProxyAgent({ ...options, ...proxies });
};

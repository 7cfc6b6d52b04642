import type { Dispatcher } from 'undici';
import { GatewayError } from '../operations/errors.ts';
import { BodyTooLarge, decompress } from './decode.ts';
import { encodeBody } from './encode-body.ts';
import { ExchangeFailure, exchange, type RawAnswer } from './exchange.ts';
import { asCallError } from './failures.ts';
import type { DjangoRequest, DjangoResponse } from './messages.ts';
import { createResponse } from './response.ts';
import type { Site } from './site.ts';
import { isLoopback, openTransport } from './transport.ts';
import { isDropped, siteInWords } from './transport-error.ts';

/** What a request carries besides itself. */
export interface Delivery {
  /** The whole `Cookie` header; empty for none. */
  readonly cookie: string;
  readonly signal: AbortSignal;
}

/** The one way to a Django site: no cookies of its own, no redirects followed. */
export interface DjangoClient {
  readonly site: Site;
  /**
   * @throws GatewayError `upstream` | `unknown_outcome` | `timeout` | `cancelled` | `too_large` | `input`
   */
  readonly send: (request: DjangoRequest, delivery: Delivery) => Promise<DjangoResponse>;
  /** Waits for running requests and closes the connections. */
  readonly close: () => Promise<void>;
}

export interface DjangoClientOptions {
  /** `product/version`, sent as `User-Agent`. */
  readonly userAgent?: string;
}

const defaultUserAgent = 'django-admin-mcp-api';

/** Browsers resolve `.` and `..` away, and with them a primary key of that name. */
const dotSegment = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** The address of a path on the site's origin; any other is refused, whatever it is written like. */
const addressOf = (site: Site, path: string): URL => {
  // In Node 20 `URL.canParse` and then `new URL` would parse it twice.
  const url = URL.parse(path, site.adminUrl.origin);
  const raw = path.split(/[?#]/, 1)[0] ?? '';
  if (!path.startsWith('/') || url?.origin !== site.adminUrl.origin || dotSegment.test(raw))
    throw new GatewayError('input', 'That path does not lead to a page of the site.', {
      hint: 'Nothing was sent to Django.',
    });
  return url;
};

const headersFor = (
  site: Site,
  request: DjangoRequest,
  url: URL,
  cookie: string,
  userAgent: string,
): Record<string, string> => {
  const referer = request.referer === undefined ? url : addressOf(site, request.referer);
  const headers: Record<string, string> = {
    accept: 'text/html,application/json;q=0.9,*/*;q=0.8',
    'user-agent': userAgent,
    ...site.headers,
  };
  for (const [name, value] of Object.entries(request.headers ?? {}))
    headers[name.toLowerCase()] = value;
  // English, because words such as the CSRF page's have to be recognised now and then.
  headers['accept-language'] = 'en';
  // A change form of 21 KB becomes 4 over a network; on the same machine there is nothing to win.
  headers['accept-encoding'] = isLoopback(site.adminUrl) ? 'identity' : 'gzip, br';
  // Django's CSRF check wants it on HTTPS and compares it with the host it believes in.
  headers['referer'] =
    `${site.publicOrigin ?? site.adminUrl.origin}${referer.pathname}${referer.search}`;
  // Django 4.0 and newer refuse an `Origin` that is not theirs, and need none.
  delete headers['origin'];
  if (cookie === '') delete headers['cookie'];
  else headers['cookie'] = cookie;
  return headers;
};

const unreadable = (site: Site, cause: unknown): GatewayError =>
  new GatewayError('upstream', `${siteInWords(site)} sent an answer that cannot be unpacked.`, {
    hint: 'The server, or a proxy before it, compresses wrongly.',
    cause,
  });

/**
 * A client for one site. Connections are opened on first use and shared by all sessions;
 * cookies belong to the callers.
 */
export const createDjangoClient = (
  site: Site,
  { userAgent = defaultUserAgent }: DjangoClientOptions = {},
): DjangoClient => {
  let transport: Promise<Dispatcher> | undefined;
  const opened = () => {
    transport ??= openTransport(site.adminUrl);
    return transport;
  };

  const attempt = async (
    options: Dispatcher.DispatchOptions,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<RawAnswer> => {
    const limits = { maxBytes, timeoutMs: site.timeoutMs };
    const dispatcher = await opened();
    try {
      return await exchange(dispatcher, options, limits, signal);
    } catch (error) {
      const stale =
        options.method === 'GET' &&
        error instanceof ExchangeFailure &&
        error.sent &&
        error.status === undefined &&
        isDropped(error.cause);
      // A kept connection that the server closed just then; reading twice does no harm.
      if (stale) return await exchange(dispatcher, options, limits, signal);
      throw error;
    }
  };

  const send = async (
    request: DjangoRequest,
    { cookie, signal }: Delivery,
  ): Promise<DjangoResponse> => {
    const url = addressOf(site, request.path);
    const headers = headersFor(site, request, url, cookie, userAgent);
    const body = request.body === undefined ? undefined : encodeBody(request.body);
    if (body !== undefined) headers['content-type'] = body.contentType;
    const maxBytes = request.maxBytes ?? site.maxPageBytes;
    try {
      const answer = await attempt(
        {
          origin: site.adminUrl.origin,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          headers,
          body: body?.bytes ?? null,
        },
        maxBytes,
        signal,
      );
      const encoding = answer.headers['content-encoding'];
      const bytes = await decompress(answer.bytes, encoding?.toString(), maxBytes).catch(
        (cause: unknown) => {
          throw cause instanceof BodyTooLarge
            ? new ExchangeFailure('too_large', true, answer.status, cause)
            : unreadable(site, cause);
        },
      );
      return createResponse({ status: answer.status, headers: answer.headers, bytes, url });
    } catch (error) {
      throw error instanceof ExchangeFailure ? asCallError(error, request, site, maxBytes) : error;
    }
  };

  return {
    site,
    send,
    close: async () => {
      const open = transport;
      transport = undefined;
      await (await open)?.close();
    },
  };
};

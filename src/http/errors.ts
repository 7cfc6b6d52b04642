import { asGatewayError, type GatewayError, type Reason } from '../operations/errors.ts';
import type { JsonObject } from '../operations/json.ts';

/** JSON-RPC codes of the seed: -32001 anonymous, -32002 not allowed, -32099 upstream. */
const codeOf = {
  input: -32600,
  config: -32603,
  anonymous: -32001,
  forbidden: -32002,
  missing: -32601,
  conflict: -32600,
  too_large: -32600,
  unsupported: -32600,
  upstream: -32099,
  unknown_outcome: -32099,
  busy: -32099,
  unavailable: -32099,
  timeout: -32099,
  cancelled: -32099,
  internal: -32603,
} as const satisfies Record<Reason, number>;

/** Nothing that a session may see is kept by a cache on the way. */
export const noStore = { 'cache-control': 'no-store' } as const;

export const jsonResponse = (
  body: JsonObject,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...noStore, ...headers },
  });

export const rpcError = (
  status: number,
  code: number,
  message: string,
  data?: JsonObject,
  headers?: Readonly<Record<string, string>>,
): Response =>
  jsonResponse(
    { jsonrpc: '2.0', id: null, error: { code, message, ...(data === undefined ? {} : { data }) } },
    status,
    headers,
  );

/** 401 names what would help; the scheme is Django's session, which HTTP has no name for. */
const challenge = { 'www-authenticate': 'DjangoSession realm="Django admin"' };

/** `Retry-After`, where an error says how many seconds to wait. */
export const retryHeader = ({ details }: GatewayError): Record<string, string> => {
  const seconds = details?.['retry_after'];
  return typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
};

const headersOf = (error: GatewayError): Record<string, string> => ({
  ...(error.reason === 'anonymous' ? challenge : {}),
  ...retryHeader(error),
});

/** An error that kept a request from being served at all, in JSON-RPC. */
export const rpcErrorOf = (thrown: unknown): Response => {
  const error = asGatewayError(thrown);
  return rpcError(
    error.status,
    codeOf[error.reason],
    error.message,
    {
      reason: error.reason,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.details === undefined ? {} : { details: error.details }),
    },
    headersOf(error),
  );
};

/** The same for a page or a plain GET. */
export const plainErrorOf = (thrown: unknown): Response => {
  const error = asGatewayError(thrown);
  return jsonResponse({ error: error.toJSON() }, error.status, headersOf(error));
};

/** The answer to a method that an address does not take. */
export const notAllowed = (...methods: readonly string[]): Response =>
  jsonResponse({ error: { code: 'method_not_allowed', message: 'Method not allowed.' } }, 405, {
    allow: methods.join(', '),
  });

import { causeOf, type Log, type LogFields } from '../log.ts';
import type { GatewayError, Reason } from '../operations/errors.ts';
import { withoutTicket } from './uploads-path.ts';
import type { Visitor } from './visitor.ts';

/** Names that operators of the Python package already look for. */
const eventOf: { readonly [Key in Reason]?: string } = {
  anonymous: 'mcp.auth.unauthenticated',
  forbidden: 'mcp.auth.forbidden',
  too_large: 'mcp.request.too_large',
};

/** Of an absolute URL, without its parsing: every request is logged. */
const pathnameOf = (url: string): string => /^[^:]+:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] ?? '';

const aboutOf = ({ headers, method, url }: Request): LogFields => {
  const id = headers.get('x-request-id') ?? '';
  return {
    ...(/^[\w.:-]{1,128}$/.test(id) ? { request: id } : {}),
    method,
    path: withoutTicket(pathnameOf(url)),
  };
};

/** Writes down a request that was turned away before any call of it ran. */
export const logRefusal = (log: Log, request: Request, error: GatewayError): void => {
  const { status, reason } = error;
  const fields = { ...aboutOf(request), status, reason };
  const event = eventOf[reason];
  if (reason === 'internal' || reason === 'config')
    log.error('http.failed', { ...fields, ...causeOf(error) });
  else if (event === undefined) log.info('http.refused', fields);
  else log.warn(event, fields);
};

/** Only what looks like a method: the rest is the client's own text. */
const methodOf = (body: unknown): string => {
  const method = typeof body === 'object' && body !== null && 'method' in body ? body.method : '';
  return typeof method === 'string' && /^[\w/]{1,60}$/.test(method) ? method : '(other)';
};

/** Writes down what is no call of a tool: those have a line of their own. */
export const logMethod = (
  log: Log,
  request: Request,
  { caller }: Visitor,
  what: { readonly body: unknown } | 'landing' | 'manifest',
  status: number,
): void => {
  const rpc = typeof what === 'string' ? what : methodOf(what.body);
  if (rpc === 'tools/call') return;
  log.info('mcp.method', { ...aboutOf(request), rpc, status, user: caller.userName?.() });
};

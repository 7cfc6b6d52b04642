import { Hono, type Context as HonoContext } from 'hono';
import type { Caller } from '../../django/caller.ts';
import type { McpFace } from '../../mcp/face.ts';
import { type Endpoint, endpoints } from '../../operations/api/endpoints.ts';
import { openApi } from '../../operations/api/openapi.ts';
import { parseInput } from '../../operations/parse-input.ts';
import type { Upstream } from '../../operations/upstream.ts';
import { runOperation } from '../../operations/upstream.ts';
import { readBody } from '../body.ts';
import { jsonResponse } from '../errors.ts';
import type { Gate } from '../gate.ts';
import { type Visitor, withCookies } from '../visitor.ts';
import { restError, restResponse } from './answers.ts';
import { readRestCall } from './arguments.ts';
import { createSessionRoutes } from './session-routes.ts';

/** What a login form is filled with; `fields` are those besides user name and password. */
interface LoginData {
  readonly username: string;
  readonly password: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Logs a caller in through Django's login view, with the caller's own CSRF token. */
export type LogIn = (
  caller: Caller,
  data: LoginData,
  csrfToken: string,
  signal: AbortSignal,
) => Promise<unknown>;

export interface ApiParts {
  readonly upstream: Upstream;
  readonly onRefused: McpFace['onRefused'];
  readonly logIn: LogIn;
  readonly gate: Gate;
  readonly visitorOf: (request: Request) => Visitor;
  readonly csrfHeader: string;
  readonly maxRequestBytes: number;
}

/** Django decodes a path before it looks for a view; what cannot be decoded has no view. */
const pathOf = (context: HonoContext, endpoint: Endpoint): Record<string, string> =>
  Object.fromEntries(
    [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [
      name,
      context.req.param(name) ?? '',
    ]),
  );

const serve = async (
  parts: ApiParts,
  endpoint: Endpoint,
  context: HonoContext,
): Promise<Response> => {
  const request = context.req.raw;
  const visitor = parts.visitorOf(request);
  const isSafe = endpoint.method === 'GET';
  const token = isSafe ? null : visitor.csrfToken;
  await parts.gate.check(visitor.caller, token, request.signal);
  if (endpoint.operation === 'schema') return jsonResponse(openApi());
  const { operation, given } = readRestCall(endpoint, {
    path: pathOf(context, endpoint),
    query: new URL(request.url).searchParams,
    ifMatch: request.headers.get('if-match'),
    body: isSafe ? '' : await readBody(request, parts.maxRequestBytes),
  });
  const client = { name: request.headers.get('user-agent') ?? 'unknown' };
  const input = parseInput(operation, given, ({ reason }) =>
    parts.onRefused(operation, reason, client),
  );
  const requestId = request.headers.get('x-request-id');
  const answer = await runOperation(parts.upstream, operation, input, {
    caller: visitor.caller,
    client,
    ...(requestId === null ? {} : { requestId }),
    exact: true,
    agreed: true,
    signal: request.signal,
    reachedAt: new URL(request.url),
    ...(visitor.narrowing === undefined ? {} : { narrowing: visitor.narrowing }),
  });
  return withCookies(restResponse(operation, answer), visitor);
};

const notAllowed = (methods: readonly string[]): Response =>
  jsonResponse({ error: { code: 'method_not_allowed', message: 'Method not allowed.' } }, 405, {
    allow: methods.join(', '),
  });

/**
 * The REST face: every endpoint of `django-admin-rest-api`, over whichever upstream there is.
 * Relative to `/api/v1`, with and without the slash at the end.
 */
export const createApiRoutes = (parts: ApiParts): Hono => {
  const app = new Hono({ strict: false });
  app.route('/', createSessionRoutes(parts));
  for (const path of ['/login', '/logout']) app.all(path, () => notAllowed(['POST']));
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const here = endpoints.filter((endpoint) => endpoint.path === path);
    // Hono takes the slash off an address, and not off a pattern.
    const pattern = path.replace(/\/$/, '');
    for (const endpoint of here)
      app.on(endpoint.method, pattern, (context) => serve(parts, endpoint, context));
    app.all(pattern, () => notAllowed(here.map(({ method }) => method)));
  }
  app.onError((thrown, context) => restError(thrown, context.req.header('cookie') !== undefined));
  return app;
};

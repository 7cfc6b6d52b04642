import { Hono, type Context as HonoContext } from 'hono';
import type { Caller } from '../../django/caller.ts';
import type { Log } from '../../log.ts';
import type { McpFace } from '../../mcp/face.ts';
import { type Endpoint, endpoints } from '../../operations/api/endpoints.ts';
import { openApi } from '../../operations/api/openapi.ts';
import type { OperationName } from '../../operations/catalogue.ts';
import { asGatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { parseInput } from '../../operations/parse-input.ts';
import { type Context, runOperation, type Upstream } from '../../operations/upstream.ts';
import { readBody, readBytes } from '../body.ts';
import { jsonResponse, notAllowed } from '../errors.ts';
import type { Gate } from '../gate.ts';
import { logRefusal } from '../request-log.ts';
import { type Visitor, withCookies } from '../visitor.ts';
import { restError, restResponse } from './answers.ts';
import { parseBody, readRestCall } from './arguments.ts';
import { dataOfForm, isMultipart, readForm } from './multipart.ts';
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
  readonly maxFormBytes: number;
  readonly log: Log;
}

/** Django decodes a path before it looks for a view; what cannot be decoded has no view. */
const pathOf = (context: HonoContext, endpoint: Endpoint): Record<string, string> =>
  Object.fromEntries(
    [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [
      name,
      context.req.param(name) ?? '',
    ]),
  );

/** Operations whose body may come as a form with files. */
const takeForms: ReadonlySet<OperationName> = new Set(['create', 'update']);

/** The body as JSON, also where it came as a form, whose texts only `form_spec` can tell apart. */
const bodyOf = async (
  parts: ApiParts,
  { operation }: Endpoint,
  path: Readonly<Record<string, string>>,
  request: Request,
  context: Context,
): Promise<JsonObject | undefined> => {
  const contentType = request.headers.get('content-type');
  if (contentType === null || !isMultipart(contentType) || !takeForms.has(operation))
    return parseBody(await readBody(request, parts.maxRequestBytes));
  const form = await readForm(await readBytes(request, parts.maxFormBytes), contentType);
  const input = parseInput('form_spec', path);
  const { body } = await runOperation(parts.upstream, 'form_spec', input, context);
  const { fields = {} } = body;
  return dataOfForm(form, isJsonObject(fields) ? fields : {});
};

/** Who asks, once the gate has let them pass. */
const admitted = async (parts: ApiParts, request: Request, isSafe: boolean): Promise<Visitor> => {
  try {
    const visitor = parts.visitorOf(request);
    await parts.gate.check(visitor.caller, isSafe ? null : visitor.csrfToken, request);
    return visitor;
  } catch (thrown) {
    logRefusal(parts.log, request, asGatewayError(thrown));
    throw thrown;
  }
};

const serve = async (
  parts: ApiParts,
  endpoint: Endpoint,
  context: HonoContext,
): Promise<Response> => {
  const request = context.req.raw;
  const isSafe = endpoint.method === 'GET';
  const visitor = await admitted(parts, request, isSafe);
  if (endpoint.operation === 'schema') return jsonResponse(openApi());
  const client = { name: request.headers.get('user-agent') ?? 'unknown' };
  const requestId = request.headers.get('x-request-id');
  const running: Context = {
    caller: visitor.caller,
    client,
    ...(requestId === null ? {} : { requestId }),
    exact: true,
    agreed: true,
    signal: request.signal,
    reachedAt: request.url,
    ...(visitor.narrowing === undefined ? {} : { narrowing: visitor.narrowing }),
  };
  const path = pathOf(context, endpoint);
  const { operation, given } = readRestCall(endpoint, {
    path,
    query: new URL(request.url).searchParams,
    ifMatch: request.headers.get('if-match'),
    body: isSafe ? undefined : await bodyOf(parts, endpoint, path, request, running),
  });
  const input = parseInput(operation, given, ({ reason }) =>
    parts.onRefused(operation, reason, running),
  );
  const answer = await runOperation(parts.upstream, operation, input, running);
  return withCookies(restResponse(operation, answer), visitor);
};

/**
 * The REST face: every endpoint of `django-admin-rest-api`, over whichever upstream there is.
 * Relative to `/api/v1`, with and without the slash at the end.
 */
export const createApiRoutes = (parts: ApiParts): Hono => {
  const app = new Hono({ strict: false });
  app.route('/', createSessionRoutes(parts));
  for (const path of ['/login', '/logout']) app.all(path, () => notAllowed('POST'));
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const here = endpoints.filter((endpoint) => endpoint.path === path);
    // Hono takes the slash off an address, and not off a pattern.
    const pattern = path.replace(/\/$/, '');
    for (const endpoint of here)
      app.on(endpoint.method, pattern, (context) => serve(parts, endpoint, context));
    app.all(pattern, () => notAllowed(...here.map(({ method }) => method)));
  }
  app.onError((thrown, { req }) => {
    const error = asGatewayError(thrown);
    // Whatever else is refused after the gate has a line of the audit.
    if (error.reason === 'internal' || error.reason === 'too_large')
      logRefusal(parts.log, req.raw, error);
    return restError(error, req.header('cookie') !== undefined);
  });
  return app;
};

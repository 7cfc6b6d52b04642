import { Hono } from 'hono';
import { sessionMark } from '../../django/caller.ts';
import { classifyRedirect } from '../../django/redirects.ts';
import { asGatewayError, GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { readBody } from '../body.ts';
import { jsonResponse } from '../errors.ts';
import { logRefusal } from '../request-log.ts';
import { withCookies } from '../visitor.ts';
import { parseBody } from './arguments.ts';
import type { ApiParts } from './routes.ts';

/** One answer for a wrong password, an unknown, inactive or non-staff user: it tells strangers nothing. */
const invalidCredentials = (): Response =>
  jsonResponse(
    {
      error: {
        code: 'invalid_credentials',
        message: 'Invalid credentials or insufficient permissions.',
      },
    },
    403,
  );

const textsIn = (body: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );

const isRefusedLogin = (thrown: unknown): boolean => {
  const { reason, details } = asGatewayError(thrown);
  return reason === 'anonymous' || (reason === 'forbidden' && details?.['status'] === undefined);
};

/** `POST /login/`: Django's own login view, with the client's own CSRF cookie and token. */
const logIn = async (parts: ApiParts, request: Request): Promise<Response> => {
  const { username, password, ...fields } = textsIn(
    parseBody(await readBody(request, parts.maxRequestBytes)) ?? {},
  );
  if (username === undefined || password === undefined) return invalidCredentials();
  const visitor = parts.visitorOf(request);
  const token = request.headers.get(parts.csrfHeader) ?? '';
  try {
    await parts.logIn(visitor.caller, { username, password, fields }, token, request.signal);
  } catch (error) {
    if (!isRefusedLogin(error)) throw error;
    logRefusal(parts.log, request, asGatewayError(error));
    return invalidCredentials();
  }
  const { caller } = visitor;
  const { body } = await parts.upstream.registry({}, { caller, signal: request.signal });
  return withCookies(jsonResponse({ user: body['user'] ?? null }), visitor);
};

/** `POST /logout/`: harmless where there is no session; Django judges the CSRF token. */
const logOut = async (parts: ApiParts, request: Request): Promise<Response> => {
  const visitor = parts.visitorOf(request);
  const { site, send } = visitor.caller;
  const admin = site.adminUrl.pathname;
  const token = request.headers.get(parts.csrfHeader) ?? '';
  const answer = await send(
    {
      method: 'POST',
      path: `${admin}logout/`,
      referer: admin,
      body: { kind: 'form', fields: [['csrfmiddlewaretoken', token]] },
    },
    request.signal,
  );
  if (answer.status === 403)
    throw new GatewayError('forbidden', 'Django did not accept the CSRF token.', {
      hint: `Send the CSRF cookie and the same token in the ${parts.csrfHeader} header.`,
    });
  if (answer.status >= 400 || classifyRedirect(site, answer) === 'foreign')
    throw new GatewayError('upstream', 'Django did not end the session.', {
      details: { status: answer.status },
    });
  parts.gate.forget(sessionMark(visitor.caller));
  return withCookies(jsonResponse({ detail: 'logged out' }), visitor);
};

/** How a client without a browser gets and ends a Django session. */
export const createSessionRoutes = (parts: ApiParts): Hono => {
  const app = new Hono({ strict: false });
  app.post('/login', (context) => logIn(parts, context.req.raw));
  app.post('/logout', (context) => logOut(parts, context.req.raw));
  return app;
};

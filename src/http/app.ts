import { type Context, Hono } from 'hono';
import type { Uploads } from '../files/uploads.ts';
import type { Log } from '../log.ts';
import { type McpFace, narrowedFace } from '../mcp/face.ts';
import type { ServeMcp } from '../mcp/http.ts';
import { asGatewayError } from '../operations/errors.ts';
import { createApiRoutes, type LogIn } from './api/routes.ts';
import { readBody } from './body.ts';
import { jsonResponse, noStore, notAllowed, plainErrorOf, rpcError, rpcErrorOf } from './errors.ts';
import type { Gate } from './gate.ts';
import { type GuardOptions, guardRequest } from './guard.ts';
import { landingFacts, manifest } from './landing/facts.ts';
import { landingPage, landingPolicy } from './landing/page.ts';
import { type LandingParts, viewFor } from './landing/view.ts';
import { logMethod, logRefusal } from './request-log.ts';
import { createUploadRoutes } from './uploads.ts';
import { type Visitor, withCookies } from './visitor.ts';

export interface AppParts {
  /** Where the site is mounted: `/`, or `/staff/`. */
  readonly prefix: string;
  readonly face: McpFace;
  readonly serveMcp: ServeMcp;
  readonly gate: Gate;
  /** Undefined where the operator has given no folder for them. */
  readonly uploads: Uploads | undefined;
  readonly landing: LandingParts;
  readonly logIn: LogIn;
  readonly guard: GuardOptions;
  readonly visitorOf: (request: Request) => Visitor;
  readonly csrfHeader: string;
  readonly maxRequestBytes: number;
  /** Of a form with files. */
  readonly maxFormBytes: number;
  readonly log: Log;
}

const parseErrorCode = -32700;
const invalidRequestCode = -32600;

/** `POST /mcp/`: gate, then body, then MCP. */
const postMcp = async (parts: AppParts, request: Request): Promise<Response> => {
  const visitor = parts.visitorOf(request);
  await parts.gate.check(visitor.caller, visitor.csrfToken, request);
  const text = await readBody(request, parts.maxRequestBytes);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return rpcError(400, parseErrorCode, 'The request body is not valid JSON.');
  }
  if (typeof body !== 'object' || body === null)
    return rpcError(400, invalidRequestCode, 'The request body must be a JSON-RPC message.');
  const response = await parts.serveMcp(request, body, visitor.caller, visitor.narrowing);
  logMethod(parts.log, request, visitor, { body }, response.status);
  return withCookies(response, visitor);
};

const wantsPage = (accept: string): boolean =>
  accept.includes('text/html') && !accept.includes('application/json');

/** Where a client reaches the endpoint, as it addressed us itself. */
const endpointOf = (parts: AppParts, context: Context): string =>
  new URL(`${parts.prefix}mcp/`, context.req.url).href;

/** What a reading request may see of the face, once the gate has let it pass. */
const faceFor = async (
  parts: AppParts,
  request: Request,
  what: 'landing' | 'manifest',
): Promise<McpFace> => {
  const visitor = parts.visitorOf(request);
  await parts.gate.check(visitor.caller, null, request);
  logMethod(parts.log, request, visitor, what, 200);
  return narrowedFace(parts.face, visitor.narrowing);
};

const getLanding = async (parts: AppParts, context: Context): Promise<Response> => {
  const request = context.req.raw;
  const accept = request.headers.get('accept') ?? '';
  // 2025 clients try to open a stream with GET; without sessions there is none to open.
  if (accept.includes('text/event-stream'))
    return rpcError(
      405,
      -32000,
      'There is no stream to open here; send requests by POST.',
      {},
      {
        allow: 'POST',
      },
    );
  const face = await faceFor(parts, request, 'landing');
  const endpoint = endpointOf(parts, context);
  if (!wantsPage(accept)) return jsonResponse(landingFacts(face, endpoint));
  const view = await viewFor(parts.landing, face, endpoint, parts.visitorOf(request), request);
  const headers = { ...noStore, 'content-security-policy': landingPolicy };
  return context.html(await landingPage(view), 200, headers);
};

/** 30 KB of JSON each, of the faces that live as long as the process. */
const manifests = new WeakMap<McpFace, string>();

const manifestOf = (face: McpFace): string => {
  const text = manifests.get(face) ?? JSON.stringify(manifest(face));
  manifests.set(face, text);
  return text;
};

const getManifest = async (parts: AppParts, context: Context): Promise<Response> => {
  const face = await faceFor(parts, context.req.raw, 'manifest');
  const headers = { 'content-type': 'application/json', ...noStore };
  return new Response(manifestOf(face), { headers });
};

/**
 * The HTTP face of one site: `POST /mcp/`, `GET /mcp/`, `GET /mcp/manifest/` and `/api/v1/…`,
 * each with and without its trailing slash and never redirected: clients drop a POST body on
 * the way. Relative to the site's prefix.
 */
export const createApp = (parts: AppParts): Hono => {
  const app = new Hono({ strict: false });
  app.use(async (context, next) => {
    guardRequest(context.req.raw.headers, parts.guard);
    await next();
  });
  app.get('/mcp', (context) => getLanding(parts, context));
  app.post('/mcp', (context) => postMcp(parts, context.req.raw));
  app.all('/mcp', () => notAllowed('GET', 'POST'));
  app.get('/mcp/manifest', (context) => getManifest(parts, context));
  app.all('/mcp/manifest', () => notAllowed('GET'));
  app.route('/mcp/uploads', createUploadRoutes(parts));
  app.route(
    '/api/v1',
    createApiRoutes({ ...parts, upstream: parts.face.upstream, onRefused: parts.face.onRefused }),
  );
  app.onError((thrown, context) => {
    const error = asGatewayError(thrown);
    const { method, raw } = context.req;
    logRefusal(parts.log, raw, error);
    return method === 'POST' ? rpcErrorOf(error) : plainErrorOf(error);
  });
  return app;
};

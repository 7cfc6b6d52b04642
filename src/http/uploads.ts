import { type Context, Hono } from 'hono';
import type { Uploads } from '../files/uploads.ts';
import type { Log } from '../log.ts';
import { asGatewayError, GatewayError } from '../operations/errors.ts';
import { announcement } from '../operations/file-value.ts';
import { mediaTypeOf, unknownMediaType } from '../operations/media-types.ts';
import { readBody } from './body.ts';
import { jsonResponse, notAllowed, plainErrorOf } from './errors.ts';
import type { Gate } from './gate.ts';
import { logRefusal } from './request-log.ts';
import { uploadsPath } from './uploads-path.ts';
import { type Visitor, withCookies } from './visitor.ts';

export interface UploadParts {
  /** `/`, or what the site's paths begin with. */
  readonly prefix: string;
  /** Undefined where the operator has given no folder for them. */
  readonly uploads: Uploads | undefined;
  readonly gate: Gate;
  readonly visitorOf: (request: Request) => Visitor;
  readonly csrfHeader: string;
  readonly maxRequestBytes: number;
  readonly log: Log;
}

const theUploads = ({ uploads }: UploadParts): Uploads => {
  if (uploads !== undefined) return uploads;
  throw new GatewayError('missing', 'This gateway takes no uploads.', {
    hint: 'Its operator has to set UPLOAD_DIR (--upload-dir), and not READ_ONLY.',
  });
};

const announcedIn = (text: string) => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new GatewayError('input', 'The request body is not valid JSON.');
  }
  const parsed = announcement.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GatewayError('input', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {
    hint: 'Send {"name": "a.pdf", "media_type"?, "size"?, "sha256"?}.',
  });
};

/** `POST /mcp/uploads/`: leave to send a file, for clients that know beforehand that they will. */
const offer = async (parts: UploadParts, context: Context): Promise<Response> => {
  const request = context.req.raw;
  const visitor = parts.visitorOf(request);
  await parts.gate.check(visitor.caller, visitor.csrfToken, request);
  const uploads = theUploads(parts);
  const { name, media_type, size, sha256 } = announcedIn(
    await readBody(request, parts.maxRequestBytes),
  );
  const mediaType = media_type ?? mediaTypeOf(name) ?? unknownMediaType;
  const offered = uploads.offer({ name, mediaType, size, sha256 }, visitor.caller);
  if ('refused' in offered) throw new GatewayError('input', offered.refused);
  const { id, maxBytes, expiresIn } = offered;
  const url = new URL(`${parts.prefix}${uploadsPath}${id}`, request.url).href;
  return withCookies(
    jsonResponse({ id, url, method: 'PUT', max_bytes: maxBytes, expires_in: expiresIn }, 201),
    visitor,
  );
};

const lengthOf = (headers: Headers): number | undefined => {
  const length = headers.get('content-length');
  return length === null ? undefined : Number(length);
};

/**
 * `PUT /mcp/uploads/:ticket`. The ticket says all that is allowed; no session is looked at,
 * so that a plain `curl -T` can send what an agent must not read.
 */
const receive = async (parts: UploadParts, context: Context): Promise<Response> => {
  const request = context.req.raw;
  const id = context.req.param('ticket') ?? '';
  const body = (request.body ?? []) as unknown as AsyncIterable<Uint8Array>;
  const { name, size, sha256 } = await theUploads(parts).receive(
    id,
    body,
    lengthOf(request.headers),
  );
  return jsonResponse({ upload: id, name, size, sha256 }, 201);
};

/** Files that are sent beside the calls that use them. */
export const createUploadRoutes = (parts: UploadParts): Hono => {
  const routes = new Hono({ strict: false });
  routes.post('/', (context) => offer(parts, context));
  routes.put('/:ticket', (context) => receive(parts, context));
  routes.all('/', () => notAllowed('POST'));
  routes.all('/:ticket', () => notAllowed('PUT'));
  routes.onError((thrown, { req }) => {
    const error = asGatewayError(thrown);
    logRefusal(parts.log, req.raw, error);
    return plainErrorOf(error);
  });
  return routes;
};

import {
  type AuthInfo,
  createMcpHandler,
  isLegacyRequest,
  type ServerContext,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Caller } from '../django/caller.ts';
import { GatewayError } from '../operations/errors.ts';
import type { Narrowing } from '../operations/upstream.ts';
import { answerDirectly } from './direct-answer.ts';
import { directCallIn } from './direct-call.ts';
import { type McpFace, narrowedFace } from './face.ts';
import { createKnownAnswers } from './known-answers.ts';
import { seedShaped } from './seed-shape.ts';
import { buildServer } from './server.ts';

/**
 * The SDK hands `authInfo` through to handlers untouched; ours carries the Django session, and
 * the face that this request sees.
 */
const authInfoOf = (caller: Caller, face: McpFace): AuthInfo => ({
  token: '',
  clientId: '',
  scopes: [],
  extra: { caller, face },
});

const callerOf = (context: ServerContext): Caller => {
  const caller = context.http?.authInfo?.extra?.['caller'];
  if (caller === undefined) throw new GatewayError('anonymous', 'This request has no session.');
  return caller as Caller;
};

const jsonText = (text: string): Response =>
  new Response(text, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });

/** Answers of the SDK say nothing of caches; a stream says it of itself. */
const withNoStore = (response: Response): Response => {
  if (response.headers.get('cache-control') === null)
    response.headers.set('cache-control', 'no-store');
  return response;
};

const asksForProgress = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  (body as { params?: { _meta?: { progressToken?: unknown } } }).params?._meta?.progressToken !==
    undefined;

/**
 * The 2025 revisions and plain JSON-RPC. Stateless: a server per request. Answers are plain
 * JSON, unless the client takes a stream and asked for progress. What the transport wants in
 * `Accept` is filled in, since the seed's clients send none.
 */
const serveLegacy = async (
  face: McpFace,
  request: Request,
  parsedBody: unknown,
  authInfo: AuthInfo,
): Promise<Response> => {
  const streams = (request.headers.get('accept') ?? '').includes('text/event-stream');
  const transport = new WebStandardStreamableHTTPServerTransport({
    enableJsonResponse: !(streams && asksForProgress(parsedBody)),
  });
  const headers = new Headers(request.headers);
  headers.set('accept', 'application/json, text/event-stream');
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  const server = buildServer(face, callerOf);
  const served = new Request(request.url, {
    method: request.method,
    headers,
    signal: request.signal,
  });
  await server.connect(face.resultShape === 'seed' ? seedShaped(transport) : transport);
  const response = await transport.handleRequest(served, { parsedBody, authInfo });
  if (response.headers.get('content-type')?.includes('text/event-stream') !== true)
    await server.close();
  return response;
};

/** Serves one MCP request that has passed the gate, with its parsed JSON body. */
export type ServeMcp = (
  request: Request,
  parsedBody: unknown,
  caller: Caller,
  narrowing?: Narrowing,
) => Promise<Response>;

export const createMcpServing = (face: McpFace, onerror: (error: Error) => void): ServeMcp => {
  const modern = createMcpHandler(
    ({ authInfo }) =>
      buildServer((authInfo?.extra?.['face'] as McpFace | undefined) ?? face, callerOf),
    { legacy: 'reject', onerror },
  );
  const knownAnswer = createKnownAnswers();
  return async (request, parsedBody, caller, narrowing) => {
    const seen = narrowedFace(face, narrowing);
    const direct = directCallIn(seen, parsedBody, request.headers);
    if (direct !== undefined) return jsonText(await answerDirectly(seen, direct, caller, request));
    const authInfo = authInfoOf(caller, seen);
    const serve = async (): Promise<Response> =>
      withNoStore(
        (await isLegacyRequest(request, parsedBody))
          ? await serveLegacy(seen, request, parsedBody, authInfo)
          : await modern.fetch(request, { parsedBody, authInfo }),
      );
    return narrowing === undefined ? knownAnswer(parsedBody, request.headers, serve) : serve();
  };
};

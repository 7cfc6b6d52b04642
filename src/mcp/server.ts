import {
  PROTOCOL_VERSION_META_KEY,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Caller } from '../django/caller.ts';
import { callTool } from './call.ts';
import { clientOf } from './client-info.ts';
import { operationContext } from './context.ts';
import { serveExtras } from './extras.ts';
import type { McpFace } from './face.ts';
import { instructions } from './instructions.ts';
import { capabilitiesOf, serverInfoOf } from './listing.ts';
import { listCache, noCache } from './lists.ts';
import { askerOf, personOf } from './person.ts';
import { toolsFor } from './tools.ts';

/** The revision of the request at hand: per request since 2026-07-28, per connection before. */
const versionOf = (server: Server, context: ServerContext): string | undefined => {
  const envelope: Readonly<Record<string, unknown>> = context.mcpReq.envelope ?? {};
  const claimed = envelope[PROTOCOL_VERSION_META_KEY];
  if (typeof claimed === 'string') return claimed;
  return (
    context.http?.req?.headers.get('mcp-protocol-version') ?? server.getNegotiatedProtocolVersion()
  );
};

/**
 * An MCP server for one connection (stdio) or one request (HTTP). It is cheap: the tools,
 * their schemas and validators belong to the face and are made once.
 *
 * @param callerOf the Django session that a request acts with
 */
export const buildServer = (
  face: McpFace,
  callerOf: (context: ServerContext) => Caller | Promise<Caller>,
): Server => {
  const lists = face.narrowing === undefined ? listCache : noCache;
  // The low-level server on purpose: the high-level one compiles a validator per tool and
  // per request, and answers wrong arguments in one way only.
  const server = new Server(serverInfoOf(face), {
    capabilities: capabilitiesOf(face),
    instructions: instructions(face.toolNames),
    supportedProtocolVersions: [...face.versions],
    cacheHints: {
      'tools/list': lists,
      'resources/list': lists,
      'resources/templates/list': lists,
      'prompts/list': lists,
      'server/discover': listCache,
    },
  });
  server.setRequestHandler('tools/list', (_request, context) => ({
    tools: [...toolsFor(face.tools, versionOf(server, context))] as never,
  }));
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const client = clientOf(server, context);
    const person = personOf(server, context);
    return callTool(
      face,
      params,
      operationContext(face, await callerOf(context), context, client, person),
      versionOf(server, context),
      askerOf(context, face.questionTimeoutMs),
    );
  });
  serveExtras(server, face, callerOf);
  return server;
};

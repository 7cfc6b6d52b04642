import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Caller } from '../django/caller.ts';
import type { McpFace } from './face.ts';
import { seedShaped } from './seed-shape.ts';
import { buildServer } from './server.ts';

/**
 * Serves MCP on this process's stdin and stdout with one Django session, until the client
 * closes stdin.
 *
 * @param caller made on the first tool call: an agent may list tools before anyone logged in
 */
export const runStdio = (
  face: McpFace,
  caller: () => Promise<Caller>,
  onerror: (error: Error) => void,
): { readonly close: () => Promise<void> } => {
  const transport = new StdioServerTransport();
  return serveStdio(() => buildServer(face, caller), {
    transport: face.resultShape === 'seed' ? seedShaped(transport) : transport,
    onerror,
  });
};

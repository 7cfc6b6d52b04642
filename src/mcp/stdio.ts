import type { Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Caller } from '../django/caller.ts';
import type { McpFace } from './face.ts';
import type { Begun } from './opening.ts';
import { seedShaped } from './seed-shape.ts';
import { buildServer } from './server.ts';

/** A transport that keeps back answers which somebody else has given. */
const withoutAnswersTo = (answered: Set<string | number>, transport: Transport): Transport => {
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => {
    const id = 'method' in message ? undefined : message.id;
    if (id !== undefined && answered.delete(id)) return;
    await send(message, options);
  };
  return transport;
};

/**
 * Serves MCP over lines of JSON with one Django session, until the input ends.
 *
 * @param caller made on the first tool call: an agent may list tools before anyone logged in
 */
export const runStdio = (
  face: McpFace,
  { input, answered }: Begun,
  output: Writable,
  caller: () => Promise<Caller>,
  onerror: (error: Error) => void,
): { readonly close: () => Promise<void> } => {
  const transport = withoutAnswersTo(answered, new StdioServerTransport(input, output));
  return serveStdio(() => buildServer(face, caller), {
    transport: face.resultShape === 'seed' ? seedShaped(transport) : transport,
    onerror,
  });
};

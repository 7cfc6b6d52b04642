import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Gateway } from './library.ts';

/** What Node's own server, Express and Fastify call for each request. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * A gateway as a request listener of Node. It reads the body itself: it has to come before
 * whatever parses bodies.
 */
export const nodeListener = ({ fetch }: Pick<Gateway, 'fetch'>): NodeListener => {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  return (incoming, outgoing) => {
    void listener(incoming, outgoing);
  };
};

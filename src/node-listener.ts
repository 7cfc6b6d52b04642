import { getRequestListener } from '@hono/node-server';
import type { Gateway } from './library.ts';

/**
 * What Node's own server, Express and Fastify call with their `IncomingMessage` and
 * `ServerResponse`. Said loosely, so that our types need no others to be installed.
 */
export type NodeListener = (incoming: object, outgoing: object) => void;

type Listen = ReturnType<typeof getRequestListener>;

/**
 * A gateway as a request listener of Node. It reads the body itself: it has to come before
 * whatever parses bodies.
 */
export const nodeListener = ({ fetch }: Pick<Gateway, 'fetch'>): NodeListener => {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  return (incoming, outgoing) => {
    void listener(incoming as Parameters<Listen>[0], outgoing as Parameters<Listen>[1]);
  };
};

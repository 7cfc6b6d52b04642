import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { GatewayError } from '../operations/errors.ts';

/** How long a client may take to send its headers, in milliseconds. */
const headersTimeoutMs = 10_000;
/**
 * How long a client may take to send a whole request, in milliseconds: a large upload over a
 * slow line. `body.ts` is stricter with messages.
 */
const requestTimeoutMs = 600_000;
/** Largest headers taken, cookies included, in bytes. */
const maxHeaderBytes = 32 * 1024;
/** How long running requests may go on after a stop was asked for, in milliseconds. */
const drainTimeoutMs = 10_000;

export interface Listening {
  /** `http://127.0.0.1:8808/` */
  readonly url: string;
  /** Takes no more requests and waits for those that run. */
  readonly close: () => Promise<void>;
}

const start = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'it is in use' : 'the system refused it';
      reject(
        new GatewayError('config', `Cannot listen on ${host}, port ${port}: ${why}.`, {
          hint: 'Choose another with --port; 0 takes a free one.',
          cause,
        }),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const requestIdHeader = 'x-request-id';

/** Gives a request that came without an id one of its own, and says it in the answer. */
const identify = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const given = incoming.headers[requestIdHeader];
  const isUsable = typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given);
  const id = isUsable ? given : randomUUID();
  outgoing.setHeader(requestIdHeader, id);
  // The listener makes its own headers from the raw ones.
  if (given === undefined) incoming.rawHeaders.push(requestIdHeader, id);
};

/** The address of a server, with a slash at its end. */
export const baseUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;

/** Serves a fetch handler over HTTP/1.1. */
export const listen = async (
  fetch: (request: Request) => Promise<Response>,
  { HOST, PORT }: { readonly HOST: string; readonly PORT: number },
): Promise<Listening> => {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      maxHeaderSize: maxHeaderBytes,
    },
    (incoming, outgoing) => {
      identify(incoming, outgoing);
      void listener(incoming, outgoing);
    },
  );
  const port = await start(server, HOST, PORT);
  return {
    url: baseUrl(HOST, port),
    close: () =>
      new Promise((resolve) => {
        const impatient = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
        server.close(() => {
          clearTimeout(impatient);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};

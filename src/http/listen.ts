import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { GatewayError } from '../operations/errors.ts';

/** How patient a server is with its clients; all times in milliseconds. */
interface Patience {
  /** For the headers of a request. */
  readonly headersTimeout: number;
  /** For a whole request: a large upload over a slow line. `body.ts` is stricter with messages. */
  readonly requestTimeout: number;
  /** How often the two are looked at; Node's own 30 s would make 40 of the 10. */
  readonly connectionsCheckingInterval: number;
}

const usualPatience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 600_000,
  connectionsCheckingInterval: 2_000,
};

/** Largest headers taken, cookies included, in bytes. */
const maxHeaderBytes = 32 * 1024;
/**
 * How long running requests may go on after a stop was asked for, in milliseconds: below the
 * 30 s after which Kubernetes kills.
 */
export const drainTimeoutMs = 25_000;

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

/** Gives a request that came without a usable id one of its own, and says it in the answer. */
const identify = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const given = incoming.headers[requestIdHeader];
  const isUsable = typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given);
  const id = isUsable ? given : randomUUID();
  outgoing.setHeader(requestIdHeader, id);
  if (isUsable) return;
  // The listener makes its own headers from the raw ones, where a name stands before its value.
  const others = incoming.rawHeaders.filter(
    (_, index, raw) => raw[index - (index % 2)]?.toLowerCase() !== requestIdHeader,
  );
  incoming.rawHeaders.splice(0, Infinity, ...others, requestIdHeader, id);
};

/** The address of a server, with a slash at its end. */
export const baseUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;

/** Tells the client of an answer that there is no next one on this connection. */
const sayClose = (outgoing: ServerResponse): void => {
  if (!outgoing.headersSent) outgoing.setHeader('connection', 'close');
};

/** Serves a fetch handler over HTTP/1.1. */
export const listen = async (
  fetch: (request: Request) => Promise<Response>,
  { HOST, PORT }: { readonly HOST: string; readonly PORT: number },
  patience: Partial<Patience> = {},
): Promise<Listening> => {
  // Puts light Request and Response in the place of the global ones: an answer whose body is a
  // text is then written as it is, and not read back from a stream (a fifth of a small call).
  const listener = getRequestListener(fetch);
  const running = new Set<ServerResponse>();
  let isClosing = false;
  const server = createServer(
    { ...usualPatience, ...patience, maxHeaderSize: maxHeaderBytes },
    (incoming, outgoing) => {
      running.add(outgoing);
      outgoing.once('close', () => running.delete(outgoing));
      if (isClosing) sayClose(outgoing);
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
        isClosing = true;
        // A proxy would keep its connections busy for as long as we let it.
        for (const outgoing of running) sayClose(outgoing);
        server.closeIdleConnections();
      }),
  };
};

import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { GatewayError } from '../operations/errors.ts';

/** How long a client may take to send its headers, in milliseconds. */
const headersTimeoutMs = 10_000;
/** How long a client may take to send a whole request, in milliseconds. */
const requestTimeoutMs = 30_000;
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

/** Serves a fetch handler over HTTP/1.1. */
export const listen = async (
  fetch: (request: Request) => Promise<Response>,
  { HOST, PORT }: { readonly HOST: string; readonly PORT: number },
): Promise<Listening> => {
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
    getRequestListener(fetch, { overrideGlobalObjects: false }),
  );
  const port = await start(server, HOST, PORT);
  return {
    url: `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}/`,
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

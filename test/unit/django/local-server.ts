import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createRawServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createDjangoClient, type DjangoClient } from '../../../src/django/client.ts';
import { parseSite, type SiteOptions } from '../../../src/django/parse-site.ts';

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** A real HTTP server for the time of one test; its port. */
export const serveHttp = (listener: RequestListener): Promise<number> =>
  listen(createServer(listener));

/** A server that speaks whatever it wants on each connection; its port. */
export const serveRaw = (onSocket: (socket: Socket) => void): Promise<number> =>
  listen(createRawServer(onSocket));

export const clientOf = (port: number, options: Partial<SiteOptions> = {}): DjangoClient => {
  const client = createDjangoClient(
    parseSite({ adminUrl: `http://127.0.0.1:${port}/admin/`, ...options }),
    { userAgent: 'django-admin-mcp-api/1.2.3' },
  );
  onTestFinished(() => client.close());
  return client;
};

export const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** A delivery without cookies that nobody cancels. */
export const plain = { cookie: '', signal: new AbortController().signal } as const;

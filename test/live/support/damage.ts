import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** An answer as the shop gave it, or as it is passed on. */
export interface PassedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What befalls requests on their way to the shop and back. */
export interface Damage {
  /** The requests that it befalls, as `PATCH /api/v1/catalog/tag/1/`; all others pass untouched. */
  readonly of: RegExp;
  /** True where the shop never sees the request, as with a limit of the proxy. */
  readonly before?: boolean;
  /**
   * `drop` ends the connection without an answer, `break` in the middle of one, and `hold`
   * keeps the answer back for good.
   */
  readonly to:
    | ((real: PassedAnswer) => PassedAnswer | Promise<PassedAnswer>)
    | 'drop'
    | 'break'
    | 'hold';
}

export interface DamagingProxy {
  readonly url: string;
  /** From here on; `undefined` for none. */
  readonly set: (damage: Damage | undefined) => void;
  /** Of every request since the last time it was asked. */
  readonly headersSeen: () => readonly IncomingHttpHeaders[];
  readonly stop: () => Promise<void>;
}

const nothing: PassedAnswer = { status: 200, headers: {}, body: Buffer.alloc(0) };

const read = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const forward = async (target: URL, incoming: IncomingMessage): Promise<PassedAnswer> => {
  const body = await read(incoming);
  const { hostname: host, port } = target;
  const { method, url: path } = incoming;
  const headers = { ...incoming.headers, connection: 'close' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host, port, method, path, headers, agent: false }, resolve)
      .on('error', reject)
      .end(body);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await read(answer) };
};

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const headersOf = ({ headers }: PassedAnswer): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hopByHop.has(name) ? [] : [[name, value] as const],
    ),
  );

/**
 * A reverse proxy in front of a real shop that does to real answers what networks and proxies
 * do. What a healthy Django never says can be met in no other way without making Django up.
 */
export const startDamagingProxy = async (shopUrl: string): Promise<DamagingProxy> => {
  const target = new URL(shopUrl);
  let damage: Damage | undefined;
  let seen: IncomingHttpHeaders[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (incoming, outgoing) => {
    seen.push(incoming.headers);
    const found = damage?.of.test(`${incoming.method} ${incoming.url}`) ? damage : undefined;
    const real = found?.before
      ? await read(incoming).then(() => nothing)
      : await forward(target, incoming).catch(() => undefined);
    // Nothing listens there any more.
    if (real === undefined) return void incoming.socket.destroy();
    const to = found?.to ?? ((answer: PassedAnswer) => answer);
    if (to === 'hold') return;
    if (to === 'drop') return void incoming.socket.destroy();
    const answer = to === 'break' ? real : await to(real);
    outgoing.writeHead(answer.status, {
      ...headersOf(answer),
      'content-length': answer.body.length,
    });
    if (to !== 'break') return void outgoing.end(answer.body);
    const half = answer.body.subarray(0, answer.body.length / 2);
    outgoing.write(half, () => incoming.socket.end());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    set: (next) => {
      damage = next;
    },
    headersSeen: () => {
      const headers = seen;
      seen = [];
      return headers;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Only the first part of the body, with a length that says so. */
export const cutTo =
  (share: number): Exclude<Damage['to'], string> =>
  (real) => ({ ...real, body: real.body.subarray(0, Math.floor(real.body.length * share)) });

/** Nothing from the first such text on. */
export const cutBefore =
  (text: string): Exclude<Damage['to'], string> =>
  (real) => ({ ...real, body: real.body.subarray(0, real.body.indexOf(text)) });

/** Another answer in the place of the real one. */
export const replaceBy =
  (status: number, type: string, body: string, headers = {}): Exclude<Damage['to'], string> =>
  () => ({ status, headers: { ...headers, 'content-type': type }, body: Buffer.from(body) });

/** The answer as it is, some time after Django has given it. */
export const lateBy =
  (ms: number): Exclude<Damage['to'], string> =>
  async (real) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return real;
  };

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../../src/http/listen.ts';

let server: Listening;

const open = async (
  fetch: (request: Request) => Promise<Response>,
  patience: Parameters<typeof listen>[2] = {},
): Promise<void> => {
  server = await listen(fetch, { HOST: '127.0.0.1', PORT: 0 }, patience);
};

const hello = async (): Promise<Response> => new Response('hello');

afterEach(() => server.close());

const dial = async (): Promise<Socket> => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').setEncoding('utf8');
  await once(socket, 'connect');
  return socket;
};

/** All that is sent until the other side hangs up. */
const untilClosed = async (socket: Socket): Promise<string> => {
  let said = '';
  socket.on('data', (chunk: string) => {
    said += chunk;
  });
  await once(socket, 'close');
  return said;
};

describe('a listening server', () => {
  it('hangs up on a client that sends its headers drop by drop', async () => {
    await open(hello, { headersTimeout: 300, connectionsCheckingInterval: 50 });
    const socket = await dial();
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n');
    const dripping = setInterval(() => socket.write('x-slow: 1\r\n'), 50);
    const started = performance.now();
    const said = await untilClosed(socket);
    clearInterval(dripping);
    expect(said).toContain('408 Request Timeout');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('hangs up on a client that sends its body drop by drop', async () => {
    await open(async (request) => new Response(await request.text()), {
      requestTimeout: 300,
      headersTimeout: 300,
      connectionsCheckingInterval: 50,
    });
    const socket = await dial();
    socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n');
    const dripping = setInterval(() => socket.write('x'), 50);
    const said = await untilClosed(socket);
    clearInterval(dripping);
    expect(said).not.toContain('200 OK');
  });

  it('refuses headers beyond 32 KiB without reading on', async () => {
    let reached = 0;
    await open(async () => {
      reached += 1;
      return hello();
    });
    const socket = await dial();
    socket.write(`GET / HTTP/1.1\r\nhost: localhost\r\ncookie: ${'x'.repeat(40 * 1024)}\r\n\r\n`);
    expect(await untilClosed(socket)).toContain('431 Request Header Fields Too Large');
    expect(reached).toBe(0);
  });

  it('finishes what runs when it closes, and says that there is no next one', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = (): void => undefined;
    const running = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await open(async () => {
      arrived();
      await held;
      return hello();
    });
    const socket = await dial();
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await running;
    const closed = server.close();
    release();
    const said = await untilClosed(socket);
    expect(said).toContain('200 OK');
    expect(said.toLowerCase()).toContain('connection: close');
    expect(said).toContain('hello');
    await closed;
  });
});

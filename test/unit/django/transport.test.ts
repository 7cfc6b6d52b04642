import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange } from '../../../src/django/exchange.ts';
import { isLoopback, openTransport } from '../../../src/django/transport.ts';
import { serveHttp } from './local-server.ts';

const limits = { maxBytes: 1024, timeoutMs: 5_000 };
const never = new AbortController().signal;

/** A proxy that leads every host to one port; what it was asked for. */
const startProxy = async (target: number): Promise<{ port: number; asked: string[] }> => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    if (target === 0) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const tunnel = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => undefined);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const address = proxy.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked };
};

const ask = async (origin: string, env: NodeJS.ProcessEnv): Promise<string> => {
  const transport = await openTransport(new URL(origin), env);
  onTestFinished(() => transport.destroy());
  const answer = await exchange(transport, { origin, path: '/', method: 'GET' }, limits, never);
  return Buffer.from(answer.bytes).toString('utf8');
};

describe('a proxy from the environment', () => {
  it('is used for hosts elsewhere', async () => {
    const port = await serveHttp((request, response) => response.end(request.headers.host));
    const proxy = await startProxy(port);
    const env = { http_proxy: `http://127.0.0.1:${proxy.port}` };
    expect(await ask('http://shop.example:8000', env)).toBe('shop.example:8000');
    expect(proxy.asked).toEqual(['shop.example:8000']);
  });

  it('is never used for this machine, nor for what NO_PROXY names', async () => {
    const port = await serveHttp((_request, response) => response.end('direct'));
    const env = { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'shop.invalid' };
    expect(await ask(`http://127.0.0.1:${port}`, env)).toBe('direct');
    await expect(ask('http://shop.invalid', env)).rejects.toMatchObject({
      kind: 'transport',
      sent: false,
      cause: { code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) },
    });
  });

  it('may refuse', async () => {
    const proxy = await startProxy(0);
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    await expect(ask('http://shop.example', env)).rejects.toMatchObject({
      kind: 'transport',
      sent: false,
      cause: { code: 'UND_ERR_ABORTED' },
    });
  });
});

it.each([
  ['http://localhost:8000', true],
  ['http://shop.localhost', true],
  ['http://127.1.2.3', true],
  ['http://[::1]:8000', true],
  ['http://127.0.0.1.example.org', false],
  ['http://10.0.0.1', false],
])('%s is this machine: %s', (origin, expected) => {
  expect(isLoopback(new URL(origin))).toBe(expected);
});

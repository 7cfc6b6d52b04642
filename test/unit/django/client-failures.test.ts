import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DjangoRequest } from '../../../src/django/messages.ts';
import { clientOf, plain, serveHttp, serveRaw } from './local-server.ts';

const get: DjangoRequest = { method: 'GET', path: '/admin/' };
const post: DjangoRequest = {
  method: 'POST',
  path: '/admin/',
  body: { kind: 'form', fields: [['password', 'hunter2']] },
};

/** A port where nothing listens any more. */
const closedPort = async (): Promise<number> => {
  const { createServer } = await import('node:net');
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await new Promise((done) => server.close(done));
  return port;
};

describe('a server that cannot be reached', () => {
  it('is named with what to do, and a write was surely not made', async () => {
    const port = await closedPort();
    const client = clientOf(port);
    for (const request of [get, post])
      await expect(client.send(request, plain)).rejects.toMatchObject({
        reason: 'upstream',
        message: `Django at 127.0.0.1:${port} cannot be reached: nothing listens on that port.`,
        hint: expect.stringContaining('Start Django'),
      });
  });

  it('may have a host name that does not exist', async () => {
    const client = clientOf(1, { adminUrl: 'http://no-such-host.invalid/admin/' });
    await expect(client.send(post, plain)).rejects.toMatchObject({
      reason: 'upstream',
      message: expect.stringMatching(/host name (does not exist|could not be looked up)/),
    });
  });

  it('may speak no TLS', async () => {
    const port = await serveHttp((_request, response) => response.end());
    const client = clientOf(port, { adminUrl: `https://127.0.0.1:${port}/admin/` });
    await expect(client.send(post, plain)).rejects.toMatchObject({
      reason: 'upstream',
      message: expect.stringContaining('does not speak TLS'),
    });
  });
});

describe('a server that breaks off', () => {
  it('leaves the outcome of a write unknown, and says nothing of its body', async () => {
    const port = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const failure = await clientOf(port)
      .send(post, plain)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'unknown_outcome' });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });

  it('never gets a write twice, but a read', async () => {
    let requests = 0;
    const port = await serveRaw((socket) =>
      socket.once('data', () => {
        requests += 1;
        socket.destroy();
      }),
    );
    const client = clientOf(port);
    await expect(client.send(post, plain)).rejects.toMatchObject({ reason: 'unknown_outcome' });
    expect(requests).toBe(1);
    await expect(client.send(get, plain)).rejects.toMatchObject({ reason: 'upstream' });
    expect(requests).toBe(3);
  });

  it('is asked again when it only dropped an idle connection', async () => {
    let connections = 0;
    const port = await serveRaw((socket) => {
      connections += 1;
      const first = connections === 1;
      let requests = 0;
      socket.on('data', () => {
        requests += 1;
        if (first && requests === 2) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    const client = clientOf(port);
    await client.send(get, plain);
    expect((await client.send(get, plain)).text).toBe('ok');
    expect(connections).toBe(2);
  });

  it('is caught when its answer is shorter than it said', async () => {
    const port = await serveRaw((socket) =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 100\r\n\r\nhalf'),
      ),
    );
    const client = clientOf(port);
    await expect(client.send(get, plain)).rejects.toMatchObject({ reason: 'upstream' });
    await expect(client.send(post, plain)).rejects.toMatchObject({
      reason: 'unknown_outcome',
      details: { status: 302 },
    });
  });

  it('is caught when it does not speak HTTP', async () => {
    const port = await serveRaw((socket) =>
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
    );
    await expect(clientOf(port).send(get, plain)).rejects.toMatchObject({
      reason: 'upstream',
      message: expect.stringContaining('not HTTP'),
    });
  });

  it('is caught when its body is not what it claims', async () => {
    const port = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not packed'),
    );
    await expect(clientOf(port).send(get, plain)).rejects.toMatchObject({
      reason: 'upstream',
      message: expect.stringContaining('cannot be unpacked'),
    });
  });
});

describe('limits', () => {
  it('end an answer that takes too long, before its head and in its midst', async () => {
    const port = await serveHttp(async (request, response) => {
      if (request.url === '/admin/body') response.write('a');
      await sleep(2_000, undefined, { ref: false });
      response.end();
    });
    const client = clientOf(port, { timeoutMs: 100 });
    for (const path of ['/admin/head', '/admin/body'])
      await expect(client.send({ ...get, path }, plain)).rejects.toMatchObject({
        reason: 'timeout',
        message: expect.stringContaining('within 0.1 s'),
      });
    await expect(client.send(post, plain)).rejects.toMatchObject({ reason: 'unknown_outcome' });
  });

  it('stop an answer that is too large, announced or not, and leave the connection pool usable', async () => {
    let written = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const port = await serveHttp((request, response) => {
      if (request.url === '/admin/small') return response.end('ok');
      if (request.url === '/admin/announced')
        return response.writeHead(200, { 'content-length': '99999999' }).write('a');
      const more = () => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    const client = clientOf(port, { maxPageBytes: 256 * 1024 });
    for (const path of ['/admin/announced', '/admin/endless'])
      await expect(client.send({ ...get, path }, plain)).rejects.toMatchObject({
        reason: 'too_large',
        message: expect.stringContaining('0.3 MiB'),
      });
    expect(written).toBeLessThan(64 * 1024 * 1024);
    const small = { ...get, path: '/admin/small' };
    expect((await client.send(small, plain)).text).toBe('ok');
    await expect(client.send({ ...small, maxBytes: 1 }, plain)).rejects.toMatchObject({
      reason: 'too_large',
    });
  });

  it('hold for what a small answer unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const port = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const client = clientOf(port, { maxPageBytes: 1024 * 1024 });
    await expect(client.send(get, plain)).rejects.toMatchObject({ reason: 'too_large' });
  });
});

describe('cancelling', () => {
  it('ends the wait at once and hangs up', async () => {
    let hungUp: (() => void) | undefined;
    const closed = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const abort = new AbortController();
    const port = await serveHttp((request) => {
      request.socket.on('close', () => hungUp?.());
      abort.abort();
    });
    const sent = clientOf(port).send(get, { cookie: '', signal: abort.signal });
    await expect(sent).rejects.toMatchObject({ reason: 'cancelled' });
    await closed;
  });

  it('sends nothing when it came first', async () => {
    let asked = 0;
    const port = await serveHttp((_request, response) => {
      asked += 1;
      response.end();
    });
    const signal = AbortSignal.abort();
    const sent = clientOf(port).send(post, { cookie: '', signal });
    await expect(sent).rejects.toMatchObject({ reason: 'cancelled' });
    expect(asked).toBe(0);
  });
});

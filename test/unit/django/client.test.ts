import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, clientOf, plain, serveHttp } from './local-server.ts';

describe('a request', () => {
  it('says who asks, in English, from where, and never an Origin', async () => {
    let seen: NodeJS.Dict<string | string[]> = {};
    const port = await serveHttp((request, response) => {
      seen = request.headers;
      response.end('ok');
    });
    const client = clientOf(port, {
      headers: { 'X-Forwarded-Proto': 'https', Host: 'shop.example.org' },
    });
    await client.send(
      {
        method: 'POST',
        path: '/admin/a/?b=c',
        referer: '/admin/a/add/',
        headers: { 'X-CSRFToken': 't', Origin: 'https://evil.example' },
        body: { kind: 'form', fields: [['a', '1']] },
      },
      { ...plain, cookie: 'sessionid=s; csrftoken=t' },
    );
    expect(seen).toMatchObject({
      'user-agent': 'django-admin-mcp-api/1.2.3',
      'accept-language': 'en',
      referer: 'https://shop.example.org/admin/a/add/',
      host: 'shop.example.org',
      'x-forwarded-proto': 'https',
      'x-csrftoken': 't',
      cookie: 'sessionid=s; csrftoken=t',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '3',
    });
    expect(seen['origin']).toBeUndefined();
  });

  it('refers to itself when no other page is named', async () => {
    const port = await serveHttp((request, response) => response.end(request.headers.referer));
    const { text } = await clientOf(port).send({ method: 'GET', path: '/admin/?q=ä' }, plain);
    expect(text).toBe(`http://127.0.0.1:${port}/admin/?q=%C3%A4`);
  });

  it('carries its body', async () => {
    const port = await serveHttp(async (request, response) => response.end(await bodyOf(request)));
    const { text } = await clientOf(port).send(
      { method: 'PATCH', path: '/api/v1/a/', body: { kind: 'json', value: { a: 'ü' } } },
      plain,
    );
    expect(JSON.parse(text)).toEqual({ a: 'ü' });
  });

  it.each([
    '//evil.example/admin/',
    '/\\evil.example/admin/',
    'https://evil.example/admin/',
    'admin/',
    '',
    '/admin/shop/product/../../auth/user/1/delete/',
    '/admin/shop/product/%2e%2E/change/',
    '/admin/shop/product/./change/',
  ])('is refused when its path leads elsewhere: %s', async (path) => {
    let asked = 0;
    const port = await serveHttp((_request, response) => {
      asked += 1;
      response.end();
    });
    const sent = clientOf(port).send({ method: 'GET', path }, plain);
    await expect(sent).rejects.toMatchObject({ reason: 'input' });
    expect(asked).toBe(0);
  });

  it('reaches the path that it names or none', async () => {
    const port = await serveHttp((request, response) =>
      response.end(JSON.stringify({ url: request.url, host: request.headers.host })),
    );
    const client = clientOf(port);
    const path = fc
      .oneof(fc.string({ unit: 'binary' }), fc.webPath(), fc.webUrl())
      .map((s) => `/${s}`);
    await fc.assert(
      fc.asyncProperty(path, async (wanted) => {
        const answer = await client
          .send({ method: 'GET', path: wanted }, plain)
          .catch((error: unknown) => error);
        if (answer instanceof Error) {
          expect(answer).toMatchObject({ reason: 'input' });
          return;
        }
        const { text } = await client.send({ method: 'GET', path: wanted }, plain);
        const { url, host } = JSON.parse(text) as { url: string; host: string };
        expect(host).toBe(`127.0.0.1:${port}`);
        const parts = (given: string) => given.split(/[?#]/, 1)[0]?.split('/').length;
        expect(parts(url)).toBe(parts(wanted.replaceAll('\\', '/').replaceAll(/[\t\n\r]/g, '')));
      }),
      { numRuns: 60 },
    );
  });
});

describe('an answer', () => {
  it('is a redirect that nobody follows, resolved against the request', async () => {
    let asked = 0;
    const port = await serveHttp((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '../add/?e=1' }).end();
    });
    const answer = await clientOf(port).send({ method: 'GET', path: '/admin/a/b/' }, plain);
    expect(answer.status).toBe(302);
    expect(answer.location?.href).toBe(`http://127.0.0.1:${port}/admin/a/add/?e=1`);
    expect(answer.path).toBe('/admin/a/b/');
    expect(asked).toBe(1);
  });

  it('keeps its cookies apart, and tells the deleted ones', async () => {
    const lines = ['a=1; Path=/', 'messages=".eJ,x"; HttpOnly', 'sessionid=""; Max-Age=0'];
    const port = await serveHttp((_request, response) =>
      response.writeHead(200, { 'set-cookie': lines, 'x-a': ['1', '2'] }).end(),
    );
    const answer = await clientOf(port).send({ method: 'GET', path: '/admin/' }, plain);
    expect([...answer.setCookies]).toEqual([
      ['a', '1'],
      ['messages', '".eJ,x"'],
      ['sessionid', ''],
    ]);
    expect(answer.setCookieLines).toEqual(lines);
    expect(answer.headers['x-a']).toBe('1, 2');
  });

  it.each([
    ['text/html; charset=utf-8', Buffer.from('Größe', 'utf8')],
    ['text/html; charset="ISO-8859-1"', Buffer.from('Größe', 'latin1')],
    ['text/html', Buffer.from('Größe', 'utf8')],
    ['text/html; charset=nonsense', Buffer.from('Größe', 'utf8')],
  ])('is read in its charset: %s', async (type, bytes) => {
    const port = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-type': type }).end(bytes),
    );
    const { text } = await clientOf(port).send({ method: 'GET', path: '/admin/' }, plain);
    expect(text).toBe('Größe');
  });

  it('is unpacked', async () => {
    const port = await serveHttp((request, response) => {
      const [encoding, pack] =
        request.url === '/admin/br'
          ? (['br', brotliCompressSync] as const)
          : (['gzip', gzipSync] as const);
      response.writeHead(200, { 'content-encoding': encoding }).end(pack('packed'));
    });
    const client = clientOf(port);
    for (const path of ['/admin/br', '/admin/gzip'])
      expect((await client.send({ method: 'GET', path }, plain)).text).toBe('packed');
  });

  it('comes over one connection as long as it is used', async () => {
    const ports = new Set<number | undefined>();
    const port = await serveHttp((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    const client = clientOf(port);
    for (let round = 0; round < 5; round += 1)
      await client.send({ method: 'GET', path: '/admin/' }, plain);
    expect(ports.size).toBe(1);
  });
});

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { connectDevTools } from '../../../src/session/browser/devtools.ts';
import { findBrowser } from '../../../src/session/browser/find.ts';
import { siteCookies } from '../../../src/session/browser/site-cookies.ts';

const cookie = (over: object) => ({
  name: 'sessionid',
  value: 'a',
  domain: 'shop.example',
  path: '/',
  expires: -1,
  secure: false,
  ...over,
});

const names = (cookies: readonly object[], url: string) =>
  siteCookies(JSON.parse(JSON.stringify(cookies)), new URL(url)).map(({ name }) => name);

describe('the cookies that are taken from a browser', () => {
  it('are those that it would send to the admin, and no others', () => {
    const cookies = [
      cookie({ name: 'own' }),
      cookie({ name: 'wide', domain: '.shop.example' }),
      cookie({ name: 'parent', domain: '.example' }),
      cookie({ name: 'sso', domain: 'login.example' }),
      cookie({ name: 'lookalike', domain: 'evilshop.example' }),
      cookie({ name: 'deeper', path: '/admin' }),
      cookie({ name: 'elsewhere', path: '/account/' }),
      cookie({ name: 'prefix', path: '/adm' }),
      cookie({ name: 'safe', secure: true }),
    ];
    expect(names(cookies, 'http://shop.example/admin/')).toEqual([
      ...['own', 'wide', 'parent', 'deeper'],
    ]);
    expect(names(cookies, 'https://shop.example/admin/')).toContain('safe');
  });

  it('keep their expiry, in milliseconds', () => {
    const [kept] = siteCookies(
      [cookie({ expires: 1_800_000_000.25 })],
      new URL('http://shop.example/'),
    );
    expect(kept?.expiresAt).toBe(1_800_000_000_250);
    const [session] = siteCookies([cookie({})], new URL('http://shop.example/'));
    expect(session?.expiresAt).toBeUndefined();
  });

  it('are none where the browser answers something else', () => {
    for (const odd of [undefined, null, 'x', [1, null, { name: 1 }]])
      expect(siteCookies(odd as never, new URL('http://x/'))).toEqual([]);
  });
});

describe('the DevTools pipe', () => {
  const pipe = () => {
    const out = new PassThrough();
    const back = new PassThrough();
    return { out, back, devTools: connectDevTools(out, back) };
  };

  it('matches answers to commands, however they are cut and mixed', async () => {
    const { out, back, devTools } = pipe();
    const first = devTools.send('A');
    const second = devTools.send('B', { x: 1 });
    expect(out.read().toString()).toBe(
      '{"id":1,"method":"A","params":{}}\0{"id":2,"method":"B","params":{"x":1}}\0',
    );
    const bytes = Buffer.from(
      '{"method":"event"}\0{"id":2,"result":{"b":"ü"}}\0{"id":1,"error":{"message":"no"}}\0',
    );
    for (const byte of bytes) back.write(Buffer.from([byte]));
    expect(await second).toEqual({ b: 'ü' });
    await expect(first).rejects.toMatchObject({ reason: 'upstream', details: { error: 'no' } });
  });

  it('lets nobody wait for a browser that has gone', async () => {
    const { back, devTools } = pipe();
    const waiting = devTools.send('A');
    back.destroy();
    await expect(waiting).rejects.toMatchObject({ reason: 'cancelled' });
    await expect(devTools.send('B')).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('the browser of this machine', () => {
  it('is not made up: where none is found, that is said', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(() => findBrowser(undefined, platform, { PATH: '/nowhere' })).toThrow(
        /No Chrome, Chromium or Edge/,
      );
    expect(() => findBrowser('/nowhere/chrome')).toThrow(/cannot be started/);
  });

  it('is the one that is named', () => {
    expect(findBrowser(process.execPath)).toBe(process.execPath);
  });
});

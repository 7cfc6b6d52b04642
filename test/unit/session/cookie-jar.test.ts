import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCookieJar } from '../../../src/session/cookie-jar.ts';
import { parseCookieHeader } from '../../../src/session/cookie-text.ts';

const start = Date.UTC(2026, 0, 1);

const jarAt = (initial: Parameters<typeof createCookieJar>[0] = []) => {
  let now = start;
  const jar = createCookieJar(initial, () => now);
  return {
    jar,
    pass: (ms: number) => {
      now += ms;
    },
  };
};

describe('a cookie jar', () => {
  it('sends back what it was given, also Secure and prefixed cookies', () => {
    const { jar } = jarAt();
    jar.keep([
      '__Host-sessionid=abc; Path=/; Secure; HttpOnly; SameSite=Lax',
      '__Secure-csrftoken=def; Domain=shop.example.org; Secure',
      'path=1; Path=/elsewhere/',
    ]);
    expect(jar.header()).toBe('__Host-sessionid=abc; __Secure-csrftoken=def; path=1');
  });

  it('lets the newest value win and forgets what Django deletes', () => {
    const { jar } = jarAt();
    expect(jar.keep(['sessionid=a'])).toBe(true);
    expect(jar.keep(['sessionid=b'])).toBe(true);
    expect(jar.keep(['sessionid=b'])).toBe(false);
    expect(jar.get('sessionid')).toBe('b');
    expect(jar.keep(['sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0'])).toBe(true);
    expect(jar.header()).toBe('');
  });

  it('honours Max-Age', () => {
    const { jar, pass } = jarAt();
    jar.keep(['sessionid=a; Max-Age=60', 'other=b']);
    pass(59_000);
    expect(jar.get('sessionid')).toBe('a');
    pass(2_000);
    expect(jar.header()).toBe('other=b');
  });

  it('calls an expiry that moves by seconds no change, by hours one', () => {
    const { jar, pass } = jarAt();
    jar.keep(['sessionid=a; Max-Age=1209600']);
    pass(1_000);
    expect(jar.keep(['sessionid=a; Max-Age=1209600'])).toBe(false);
    pass(2 * 60 * 60 * 1000);
    expect(jar.keep(['sessionid=a; Max-Age=1209600'])).toBe(true);
  });

  it("never keeps Django's messages", () => {
    const { jar } = jarAt([{ name: 'messages', value: 'x', expiresAt: undefined }]);
    expect(jar.keep(['messages=.eJx; HttpOnly'])).toBe(false);
    expect(jar.header()).toBe('');
  });

  it('stays small, whatever a server does', () => {
    const { jar } = jarAt();
    for (let count = 0; count < 1_000; count += 1) jar.keep([`c${count}=${count}`]);
    jar.keep([`huge=${'x'.repeat(100_000)}`]);
    expect(jar.cookies()).toHaveLength(64);
    expect(jar.keep(['c1=new'])).toBe(true);
  });

  const token = fc.stringMatching(/^[A-Za-z0-9_.!~*-]{1,20}$/);
  const value = fc.stringMatching(/^[A-Za-z0-9_.:"=/+-]{0,40}$/);

  it('writes a header that reads back as what it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(token, value)), (pairs) => {
        const { jar } = jarAt();
        jar.keep(pairs.map(([name, text]) => `${name}=${text}; Path=/`));
        expect(parseCookieHeader(jar.header())).toEqual(jar.cookies());
      }),
    );
  });

  it('survives any line', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        const { jar } = jarAt();
        jar.keep(lines);
        expect(typeof jar.header()).toBe('string');
      }),
    );
  });

  it('is rebuilt from its cookies', () => {
    const { jar } = jarAt();
    jar.keep(['sessionid=a; Max-Age=60', 'csrftoken=b']);
    const { jar: copy, pass } = jarAt(jar.cookies());
    expect(copy.header()).toBe(jar.header());
    pass(61_000);
    expect(copy.header()).toBe('csrftoken=b');
  });
});

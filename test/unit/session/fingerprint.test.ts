import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCookieHeader } from '../../../src/session/cookie-text.ts';
import { fingerprintOf, lastingFingerprintOf } from '../../../src/session/fingerprint.ts';

const of = (header: string) => fingerprintOf(parseCookieHeader(header));

it('is the same for the same session, in any order, whatever passes by', () => {
  expect(of('sessionid=a; shop=1')).toBe(of('shop=1; sessionid=a'));
  expect(of('sessionid=a; csrftoken=1; AWSALB=1')).toBe(of('sessionid=a; AWSALB=2; messages=x'));
});

it('differs for every other session, under any name that a site gives its cookie', () => {
  for (const name of ['sessionid', '__Host-sessionid', 'cf_session', '_gauth', 'csrftoken2'])
    expect(of(`${name}=a`)).not.toBe(of(`${name}=b`));
});

it('tells two sets of cookies apart that would run into one text', () => {
  const cookie = fc.record({
    name: fc.stringMatching(/^[a-z]{1,4}$/),
    value: fc.stringMatching(/^[a-z=]{0,4}$/),
    expiresAt: fc.constant(undefined),
  });
  const set = fc.uniqueArray(cookie, { selector: ({ name }) => name, maxLength: 4 });
  const sorted = (cookies: readonly { name: string; value: string }[]) =>
    JSON.stringify(cookies.map(({ name, value }) => [name, value]).sort());
  fc.assert(
    fc.property(set, set, (a, b) => {
      expect(fingerprintOf(a) === fingerprintOf(b)).toBe(sorted(a) === sorted(b));
    }),
  );
});

it('does not show what it is of', () => {
  expect(of('sessionid=abcdefgh')).not.toContain('abcdefgh');
});

/** A session as `signed_cookies` writes it: not compressed, which short ones are not. */
const signed = (session: object, when: string) => {
  const payload = Buffer.from(JSON.stringify(session)).toString('base64url');
  return `sessionid=${payload}:${when}:${'x'.repeat(41)}${when.slice(-2)}`;
};
const anna = { _auth_user_id: '1', _auth_user_backend: 'b', _auth_user_hash: 'h' };
const key = new Uint8Array(32);
const lasting = (header: string) => lastingFingerprintOf(parseCookieHeader(header), key);

it('lasts while a session in a cookie is signed anew, whatever else it holds', () => {
  const before = lasting(signed(anna, '1vOaaa'));
  expect(lasting(signed({ ...anna, _messages: 'hello' }, '1vObbb'))).toBe(before);
  const other = { cart: 1 };
  expect(lasting(signed(other, '1vOaaa'))).toBe(lasting(signed(other, '1vObbb')));
  expect(of(signed(anna, '1vOaaa'))).not.toBe(of(signed(anna, '1vObbb')));
});

it('is another one for another user, another password, and the same under another name', () => {
  const hers = signed(anna, '1vOaaa');
  for (const header of [
    signed({ ...anna, _auth_user_id: '2' }, '1vOaaa'),
    signed({ ...anna, _auth_user_hash: 'i' }, '1vOaaa'),
    `shop_${hers}`,
    `${hers}; shop_${hers}`,
    'sessionid=user["1","b","h"]',
  ])
    expect(lasting(header)).not.toBe(lasting(hers));
});

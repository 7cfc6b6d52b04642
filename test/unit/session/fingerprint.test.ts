import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCookieHeader } from '../../../src/session/cookie-text.ts';
import { fingerprintOf } from '../../../src/session/fingerprint.ts';

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

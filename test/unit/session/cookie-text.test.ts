import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCookieHeader, parseCookieText } from '../../../src/session/cookie-text.ts';

const asPairs = (text: string) => parseCookieText(text).map(({ name, value }) => [name, value]);

it.each([
  [
    'sessionid=abc; csrftoken=def',
    [
      ['sessionid', 'abc'],
      ['csrftoken', 'def'],
    ],
  ],
  ['Cookie: __Host-s=abc', [['__Host-s', 'abc']]],
  ['  abc123xyz  ', [['sessionid', 'abc123xyz']]],
  ['.eJxV:1sX:sig', [['sessionid', '.eJxV:1sX:sig']]],
  ['a=1; a=2', [['a', '2']]],
  ['a="x=y"', [['a', '"x=y"']]],
  ['', []],
  ['two words', []],
  ['a=b\r\nX-Evil: 1', []],
])('reads %o', (text, pairs) => {
  expect(asPairs(text)).toEqual(pairs);
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const splitting = /[\u0000-\u0020;]/;

it('never lets a header be split', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const { name, value } of [...parseCookieText(text), ...parseCookieHeader(text)])
        expect(`${name}=${value}`).not.toMatch(splitting);
    }),
  );
}, 60_000);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonInteger, parseJsonExactly } from '../../../src/operations/json-exact.ts';

test.each([
  ['{"a":9007199254740993}', { a: '9007199254740993' }],
  ['[-9223372036854775808,9007199254740991]', ['-9223372036854775808', 9007199254740991]],
  ['{"a":"9007199254740993 \\" 9007199254740993"}', { a: '9007199254740993 " 9007199254740993' }],
  ['[1.12345678901234567,1e21,12345678901234567.5]', [1.1234567890123457, 1e21, 12345678901234568]],
  [
    '{"a": [9007199254740993, 1.5, 1e3, -12345678901234567890]}',
    { a: ['9007199254740993', 1.5, 1e3, '-12345678901234567890'] },
  ],
  ['[NaN,Infinity,-Infinity,"NaN"]', ['NaN', 'Infinity', '-Infinity', 'NaN']],
  ['{"9007199254740993":1}', { '9007199254740993': 1 }],
])('reads %s without rounding', (text, value) => {
  expect(parseJsonExactly(text)).toEqual(value);
});

test('reads everything else as JSON.parse does', () => {
  const unsafe = (value: unknown): boolean =>
    typeof value === 'object' && value !== null
      ? Object.values(value).some(unsafe)
      : Number.isInteger(value) && !Number.isSafeInteger(value);
  fc.assert(
    fc.property(fc.json(), (text) => {
      fc.pre(!unsafe(JSON.parse(text)));
      expect(parseJsonExactly(text)).toEqual(JSON.parse(text));
    }),
  );
  expect(parseJsonExactly('{"a":')).toBeUndefined();
});

test('finds a long number wherever it stands', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 17, max: 40 }), (before, digits) => {
      const number = '9'.repeat(digits);
      expect(parseJsonExactly(`${' '.repeat(before)}[${number}]`)).toEqual([number]);
    }),
  );
  expect(parseJsonExactly('[9007199254740993]')).toEqual(['9007199254740993']);
});

test('reads a long text with many escapes', () => {
  const text = JSON.stringify({ html: '<p class="x">\n9007199254740993</p>'.repeat(20_000) });
  expect(parseJsonExactly(text)).toEqual(JSON.parse(text));
});

test('writes integers beyond 2^53 as text', () => {
  expect([jsonInteger('12'), jsonInteger('-9007199254740993')]).toEqual([12, '-9007199254740993']);
});

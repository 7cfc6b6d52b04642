import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '../../../src/django/decode.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([undefined, 'text/html; charset=utf-8', 'text/html; charset="UTF8"'])(
  'reads UTF-8 of %s as the standard says, whatever the bytes',
  (contentType) => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f));
    fc.assert(
      fc.property(fc.array(byte), fc.boolean(), (given, isMarked) => {
        const bytes = Uint8Array.from(isMarked ? [0xef, 0xbb, 0xbf, ...given] : given);
        expect(decodeText(bytes, contentType)).toBe(new TextDecoder().decode(bytes));
      }),
      { numRuns: 2_000 },
    );
  },
);

test('cuts no character of a long text in two', () => {
  fc.assert(
    fc.property(fc.nat(4_100), fc.constantFrom('é', '…', '😀', '日本語'), (before, character) => {
      const text = `${'.'.repeat(before)}${character.repeat(3_000)}${'.'.repeat(9_000)}`;
      expect(decodeText(bytesOf(text), undefined)).toBe(text);
    }),
  );
});

test('reads a part of a larger buffer', () => {
  const bytes = bytesOf('(Kraków)').subarray(1, -1);
  expect(decodeText(bytes, 'text/html')).toBe('Kraków');
});

test('reads the charset that an answer names', () => {
  const bytes = Uint8Array.of(0x80, 0xe9);
  expect(decodeText(bytes, 'text/csv; charset=windows-1252')).toBe('€é');
});

test('takes a charset that nobody knows for UTF-8', () => {
  expect(decodeText(bytesOf('Łódź'), 'text/html; charset=klingon')).toBe('Łódź');
});

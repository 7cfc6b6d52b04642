import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeVisible, readVisible } from '../../../src/operations/visible-text.ts';

/** By code point, apart from the pattern that the code goes by. */
const isHidden = (code: number): boolean =>
  (code < 0x20 && ![0x09, 0x0a, 0x0d].includes(code)) ||
  (code >= 0x7f && code <= 0x9f) ||
  [0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x2060, 0xfeff].includes(code) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069) ||
  (code >= 0xfff9 && code <= 0xfffb) ||
  (code >= 0xd800 && code <= 0xdfff) ||
  (code >= 0xe0000 && code <= 0xe007f) ||
  (code >= 0xe0100 && code <= 0xe01ef);

const codesOf = (text: string): number[] => [...text].map((each) => each.codePointAt(0) ?? 0);

/** Texts in which hidden characters, halves of surrogate pairs and near-marks are common. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('⟨', '⟩', 'U+', '⟨U+', '⟨U+202E⟩', '⟨U+27E8⟩', '⟨U+41⟩', '\u202e', '\u200b'),
      fc.constantFrom('\ud83d', '\ude00', '😀', '\u{e0041}', '\u0000', '\u200d', '\ufe0f', '\r\n'),
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    ),
  )
  .map((parts) => parts.join(''));

describe('text of records', () => {
  it('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readVisible(makeVisible(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('holds no hidden character once it is made visible', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(codesOf(makeVisible(text)).filter(isHidden)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is told apart by what is shown: no two texts look the same', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(makeVisible(one) === makeVisible(other)).toBe(one === other);
      }),
    );
  });

  it.each([
    ['a\u202eb', 'a⟨U+202E⟩b'],
    ['\u{e0049}\u{e0067}', '⟨U+E0049⟩⟨U+E0067⟩'],
    ['\ud83d', '⟨U+D83D⟩'],
    ['\u001b[2J', '⟨U+001B⟩[2J'],
    ['say ⟨U+202E⟩', 'say ⟨U+27E8⟩U+202E⟩'],
  ])('shows %j as %s', (text, shown) => {
    expect(makeVisible(text)).toBe(shown);
  });

  it.each(['a\tb\r\nc', 'می‌خواهم', '👩‍💻 ❤️ ☎︎', 'naïve 日本語', '⟨brackets⟩', 'שלום'])(
    'leaves %j as it is',
    (text) => {
      expect(makeVisible(text)).toBe(text);
    },
  );

  it.each(['⟨U+0041⟩', '⟨U+202e⟩', '⟨U+00202E⟩', '⟨U+FFFFFF⟩', '⟨U+⟩'])(
    'takes %s, which nothing is shown as, for the text that it is',
    (text) => {
      expect(readVisible(text)).toBe(text);
    },
  );
});

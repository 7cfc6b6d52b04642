import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownWords } from '../../../src/html/known-words.ts';

describe('words known from other pages', () => {
  it('are never taken for others, however many there are', () => {
    const wordIn = knownWords((word) => word);
    // Two letters only, so that many begin like others and there are more than there are slots.
    const word = fc.string({ unit: fc.constantFrom('a', 'B'), maxLength: 14 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 50, maxLength: 100 }), (words) => {
        const source = words.join('');
        let start = 0;
        const found = words.map((each) => {
          start += each.length;
          return wordIn(source, start - each.length, start);
        });
        expect(found).toEqual(words);
      }),
      { numRuns: 100 },
    );
  });

  it('are made once', () => {
    let made = 0;
    const wordIn = knownWords((word) => `${word} ${++made}`);
    expect(wordIn('a name', 2, 6)).toBe('name 1');
    expect(wordIn('other names', 6, 10)).toBe('name 1');
    expect(wordIn('other names', 6, 11)).toBe('names 2');
  });

  it('may be anything, and as long as the page', () => {
    const wordIn = knownWords((word) => word);
    for (const word of ['', '__proto__', '7', '😀', '\ud83d', 'a'.repeat(1_000)])
      expect(wordIn(`-${word}-`, 1, 1 + word.length)).toBe(word);
  });
});

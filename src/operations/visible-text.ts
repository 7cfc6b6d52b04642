/**
 * Characters that a person does not see, or that change the order in which one reads: what a
 * record can hide instructions in. Controls but for tab and line ends, bidirectional controls,
 * zero-width characters, invisible operators, tags, variation selectors, separators of lines
 * that break logs, and lone surrogates. The joiners (ZWJ, ZWNJ) and VS15 and VS16 stay:
 * Persian and emoji are spelled with them.
 */
const hidden =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f' +
  '\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f' +
  '\\ufe00-\\ufe0d\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}\\u{e0100}-\\u{e01ef}\\p{Cs}';

/** A bracket that begins what looks like a mark of ours is marked itself, so that all can be had back. */
const toMark = new RegExp(`[${hidden}]|⟨(?=U\\+)`, 'gu');
const needsMark = new RegExp(`[${hidden}]|⟨U\\+`, 'u');
const isMarked = new RegExp(`^[${hidden}⟨]$`, 'u');
const marks = /⟨U\+([0-9A-F]{4,6})⟩/g;

const markOf = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Most texts have nothing else, and a class without Unicode is looked for in half the time. */
const unusual = /[^\t\n\r -~]/;

/** The text with hidden characters written out, as `⟨U+202E⟩`; the same text where there are none. */
export const makeVisible = (text: string): string =>
  unusual.test(text) && needsMark.test(text) ? text.replace(toMark, markOf) : text;

/**
 * The text that {@link makeVisible} was given. Marks of characters that it leaves alone are no
 * marks but text.
 */
export const readVisible = (text: string): string =>
  text.includes('⟨U+')
    ? text.replace(marks, (mark, hex: string) => {
        const code = Number.parseInt(hex, 16);
        if (code > 0x10ffff) return mark;
        const character = String.fromCodePoint(code);
        return isMarked.test(character) && markOf(character) === mark ? character : mark;
      })
    : text;

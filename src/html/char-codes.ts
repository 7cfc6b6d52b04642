export const exclamationMark = 0x21;
export const doubleQuote = 0x22;
export const singleQuote = 0x27;
export const slash = 0x2f;
export const equals = 0x3d;
export const greaterThan = 0x3e;
export const questionMark = 0x3f;

const tab = 0x09;
const newline = 0x0a;
const formFeed = 0x0c;
const carriageReturn = 0x0d;
const space = 0x20;

/** What HTML calls whitespace; `\s` has more. */
export const isWhitespace = (code: number): boolean =>
  code === space ||
  code === newline ||
  code === tab ||
  code === formFeed ||
  code === carriageReturn;

/** Letters, the most of what is asked about, are answered by one comparison. */
export const endsName = (code: number): boolean =>
  code <= greaterThan && (code === greaterThan || code === slash || isWhitespace(code));

export const isAsciiLetter = (code: number): boolean => {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
};

import type { JsonValue } from './json.ts';

/** A JSON string, a number, or one of the three words that Python writes and JSON forbids. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

const isPlainInteger = /^-?\d+$/;

const exact = (part: string): string => {
  if (part.startsWith('"')) return part;
  if (!isPlainInteger.test(part)) return /[IN]/.test(part) ? `"${part}"` : part;
  return Number.isSafeInteger(Number(part)) ? part : `"${part}"`;
};

/** Digits of the shortest integer that `JSON.parse` may round. */
const unsafeLength = 16;

const isDigitAt = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
};

/** Whether so many digits stand in a row: one in so many characters has to be one of them. */
const hasLongNumber = (text: string): boolean => {
  for (let i = unsafeLength - 1; i < text.length; i += unsafeLength) {
    if (!isDigitAt(text, i)) continue;
    let start = i;
    while (i - start < unsafeLength && isDigitAt(text, start - 1)) start -= 1;
    let end = i + 1;
    while (end - start < unsafeLength && isDigitAt(text, end)) end += 1;
    if (end - start >= unsafeLength) return true;
  }
  return false;
};

/** Only such a text can hold a number that `JSON.parse` would round, or none that it can read. */
const needsCare = (text: string): boolean =>
  text.includes('Infinity') || text.includes('NaN') || hasLongNumber(text);

/**
 * `JSON.parse` that keeps integers beyond 2^53 as strings (Django sends 64-bit keys as bare
 * numbers), and reads `NaN` and `Infinity`, which Python writes for such floats, as strings.
 * Undefined where the text is not JSON. Node 20 has no `context.source` for revivers, so the
 * text is mended before it is parsed.
 */
export const parseJsonExactly = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(needsCare(text) ? text.replace(token, exact) : text) as JsonValue;
  } catch {
    return undefined;
  }
};

/** An integer as JSON carries it: a number, or a string beyond 2^53. */
export const jsonInteger = (text: string): number | string => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};

import type { JsonValue } from '../../operations/json.ts';

/** A string, or an integer of 16 digits and more that is no part of a longer number. */
const stringOrBigInteger = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/**
 * Parses JSON; integers beyond 2^53 become strings, which is how they travel here, instead of
 * being rounded. Undefined where the text is not JSON.
 */
export const parseJsonExactly = (text: string): JsonValue | undefined => {
  const exact = text.replace(stringOrBigInteger, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
  try {
    return JSON.parse(exact) as JsonValue;
  } catch {
    return undefined;
  }
};

/** An integer as JSON carries it: a number, or a string beyond 2^53. */
export const jsonInteger = (text: string): number | string => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};

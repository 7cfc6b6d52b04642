import type { JsonValue } from '../../operations/json.ts';

const wholeNumber = /^(?:0|-?[1-9]\d*)$/;

/**
 * A primary key as the contract has it: a number where its text is that of a safe integer,
 * text otherwise. HTML has text only; every operation takes both back.
 */
export const keyJson = (text: string): number | string =>
  wholeNumber.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;

/** The keys of one page: numbers only where all of them are, so that text keys stay text. */
export const keysJson = (keys: readonly (string | null)[]): ((key: string | null) => JsonValue) => {
  const allNumbers = keys.every((key) => key === null || typeof keyJson(key) === 'number');
  return (key) => (key === null ? null : allNumbers ? keyJson(key) : key);
};

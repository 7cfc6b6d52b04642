import { isJsonObject, type JsonValue } from '../../operations/json.ts';

/** A value that a field does not take, and what it does: one sentence of ours. */
export interface Refused {
  readonly refused: string;
}

export const refuse = (refused: string): Refused => ({ refused });

export const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'refused' in value;

const isUnsafe = (value: number): boolean =>
  Number.isInteger(value) && !Number.isSafeInteger(value);

/** Text of a scalar; integers beyond 2^53 have lost digits by now and are refused. */
export const scalarText = (value: JsonValue): string | Refused => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return refuse('Give a text.');
  return isUnsafe(value) ? refuse('Give integers beyond 2^53 as text.') : String(value);
};

/**
 * The key of an object: as text, as an integer, or as the `{id, …}` that reads answer with.
 * Booleans, lists and other objects are none.
 */
export const keyText = (value: JsonValue): string | Refused => {
  const key = isJsonObject(value) ? value['id'] : value;
  if (typeof key !== 'string' && typeof key !== 'number')
    return refuse('Give the key of an object, as text or number.');
  return scalarText(key);
};

const integer = /^-?\d+$/;
const decimal = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A number as Django's forms read it in every locale: a dot, no grouping. "1.000" as an integer
 * would be read as 1, so integers are digits only.
 */
export const numberText = (value: JsonValue, isInteger: boolean): string | Refused => {
  const text = typeof value === 'number' || typeof value === 'string' ? scalarText(value) : '';
  if (isRefused(text)) return text;
  const trimmed = text.trim();
  if (isInteger) return integer.test(trimmed) ? trimmed : refuse('Give an integer, such as 12.');
  return decimal.test(trimmed) ? trimmed : refuse('Give a number, such as 12.5.');
};

/** JSON text for a JSON field. Text that holds an object or list is taken as JSON already. */
export const jsonText = (value: JsonValue): string => {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      JSON.parse(value);
      return value;
    } catch {
      // Not JSON after all: a text that starts with a bracket.
    }
  }
  return JSON.stringify(value);
};

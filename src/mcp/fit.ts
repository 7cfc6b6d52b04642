import type { JsonObject, JsonValue } from '../operations/json.ts';
import { isJsonObject } from '../operations/json.ts';

/** Longest text kept of one value when a body has to be cut and has no rows left to drop. */
const keptTextLength = 2000;

/** Room for the notes that say what was cut, in characters. */
const noteRoom = 600;

interface Place {
  readonly pointer: string;
  readonly rows: JsonValue[];
  readonly size: number;
}

const sizeOf = (value: JsonValue): number => JSON.stringify(value).length;

/**
 * Every array in the body with the size of its JSON, outer ones before inner ones. But for one
 * right inside another: it is a row of a table, whose values belong to their places.
 */
const arraysIn = (value: JsonValue, pointer: string, found: Place[]): Place[] => {
  if (Array.isArray(value)) {
    found.push({ pointer, rows: value, size: sizeOf(value) });
    for (const [index, item] of value.entries())
      if (!Array.isArray(item)) arraysIn(item, `${pointer}/${index}`, found);
  } else if (isJsonObject(value))
    for (const [key, item] of Object.entries(value)) arraysIn(item, `${pointer}/${key}`, found);
  return found;
};

/** The smallest array that can give up enough by itself, or else the largest there is. */
const arrayToCut = (arrays: readonly Place[], excess: number): Place | undefined => {
  const bySize = arrays.toSorted((a, b) => a.size - b.size);
  return bySize.find((array) => array.size > excess) ?? bySize.at(-1);
};

/** How many leading rows fit into a number of characters. */
const rowsThatFit = (rows: readonly JsonValue[], room: number): number => {
  let used = 2;
  for (const [index, row] of rows.entries()) {
    used += sizeOf(row) + 1;
    if (used > room) return index;
  }
  return rows.length;
};

const largestDivisor = (of: number, atMost: number): number => {
  for (let candidate = Math.min(of, atMost); candidate > 1; candidate--)
    if (of % candidate === 0) return candidate;
  return 1;
};

/**
 * A page of a list is cut to a divisor of its size, so that the rest can be asked for as
 * whole pages: with 100 rows a page of which 60 fit, 50 are kept and page 2 of 50 is next.
 */
const cutPage = (body: JsonObject, rows: readonly JsonValue[], room: number) => {
  const page = body['page'];
  const pageSize = body['page_size'];
  if (typeof page !== 'number' || typeof pageSize !== 'number' || pageSize < 1) return undefined;
  const kept = largestDivisor(pageSize, rowsThatFit(rows, room));
  const next = ((page - 1) * pageSize) / kept + 2;
  return { kept, hint: `The rest: call again with page_size ${kept} and page ${next}.` };
};

const shortenTexts = (value: JsonValue): JsonValue => {
  if (typeof value === 'string')
    return value.length > keptTextLength
      ? `${value.slice(0, keptTextLength)}… [${value.length} characters, cut]`
      : value;
  if (Array.isArray(value)) return value.map(shortenTexts);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortenTexts(item)]));
};

const cutBody = (body: JsonObject, maxChars: number): JsonObject => {
  const fitted = structuredClone(body);
  const notes: JsonObject[] = [];
  let excess = sizeOf(fitted) - maxChars + noteRoom;
  while (excess > 0) {
    const largest = arrayToCut(arraysIn(fitted, '', []), excess);
    if (largest === undefined || largest.rows.length === 0) break;
    const room = Math.max(0, largest.size - excess);
    const page = largest.pointer === '/results' ? cutPage(fitted, largest.rows, room) : undefined;
    const kept = page?.kept ?? rowsThatFit(largest.rows, room);
    if (kept >= largest.rows.length) break;
    notes.push({
      at: largest.pointer,
      shown: kept,
      of: largest.rows.length,
      ...(page === undefined ? {} : { hint: page.hint }),
    });
    largest.rows.length = kept;
    excess = sizeOf(fitted) - maxChars + noteRoom;
  }
  const short = excess > 0 ? (shortenTexts(fitted) as JsonObject) : fitted;
  return { ...short, truncated: notes };
};

/** A body and its JSON. */
export interface Fitted {
  readonly body: JsonObject;
  readonly text: string;
}

/**
 * A body whose JSON is at most `maxChars` long, and that JSON. Rows are dropped from the end of
 * the largest arrays, never a row in the middle; `truncated` lists what was cut and what to ask
 * for next. The body given is left as it is.
 */
export const fitted = (body: JsonObject, maxChars: number): Fitted => {
  const text = JSON.stringify(body);
  if (text.length <= maxChars) return { body, text };
  const cut = cutBody(body, maxChars);
  return { body: cut, text: JSON.stringify(cut) };
};

/** The body alone. */
export const fitBody = (body: JsonObject, maxChars: number): JsonObject =>
  fitted(body, maxChars).body;

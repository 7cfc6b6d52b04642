import { isJsonObject, type JsonObject } from './json.ts';

const fieldsOf = (update: unknown): unknown =>
  isJsonObject(update) ? update['fields'] : undefined;

/**
 * Everything in a call that holds values to be written, by the name of the field: `data`, the
 * `inputs` of an action, and the fields of each of the `updates` of a bulk edit.
 */
export const givenValues = (input: Readonly<Record<string, unknown>>): readonly JsonObject[] => {
  const { data, inputs, updates } = input;
  const rows = Array.isArray(updates) ? updates.map(fieldsOf) : [];
  // Where all rows get the same fields, they share one object.
  return [...new Set([data, inputs, ...rows])].filter(isJsonObject);
};

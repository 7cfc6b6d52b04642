import { fileObjectIn } from '../operations/file-value.ts';
import { givenValues } from '../operations/given-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';

/** A value that may be meant as a file. */
export interface FoundFile {
  /** The field's name; `prefix[0].name` in the first row given for an inline. */
  readonly field: string;
  readonly file: JsonObject;
}

const inFields = (fields: JsonObject, path: string): FoundFile[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    const file = fileObjectIn(value);
    return file === undefined ? [] : [{ field: `${path}${name}`, file }];
  });

/** Rows come flat or with their values under `fields`, and in a list or under `items`. */
const inRows = (prefix: string, given: JsonValue): FoundFile[] => {
  const rows = isJsonObject(given) ? given['items'] : given;
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row, i) => {
    if (!isJsonObject(row)) return [];
    const path = `${prefix}[${i}].`;
    const { fields } = row;
    return [...inFields(row, path), ...(isJsonObject(fields) ? inFields(fields, path) : [])];
  });
};

/** Every value of a call that has the shape of a file, its inline rows included. */
export const findFiles = (input: Readonly<Record<string, unknown>>): FoundFile[] =>
  givenValues(input).flatMap((values) => {
    const { inlines } = values;
    const rows = isJsonObject(inlines ?? null) ? Object.entries(inlines as JsonObject) : [];
    return [...inFields(values, ''), ...rows.flatMap(([prefix, given]) => inRows(prefix, given))];
  });

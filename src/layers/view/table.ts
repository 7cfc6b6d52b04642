import type { JsonObject, JsonValue } from '../../operations/json.ts';

/** Rows of values, with a name for each place in a row. */
export interface Table {
  readonly columns: string[];
  readonly rows: JsonValue[][];
}

/** The rows under these names, without the columns in which no row has anything. */
export const tableOf = (rows: readonly JsonObject[], names: readonly string[]): Table => {
  const columns = names.filter((name) => rows.some((row) => (row[name] ?? null) !== null));
  return { columns, rows: rows.map((row) => columns.map((name) => row[name] ?? null)) };
};

/** Whether some row has a label that none of its own values repeats. */
export const needsLabels = (
  rows: readonly { readonly label: JsonValue; readonly values: readonly JsonValue[] }[],
): boolean => rows.some(({ label, values }) => label !== null && !values.includes(label));

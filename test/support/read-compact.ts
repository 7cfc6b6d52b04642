import { isJsonObject, type JsonObject, type JsonValue } from '../../src/operations/json.ts';

/** A row of a compact table by the names of its columns, as an agent reads it. */
export type CompactRow = ReadonlyMap<string, JsonValue>;

const nameOf = (column: JsonValue): string =>
  isJsonObject(column) ? String(column['name']) : String(column);

/** The rows of a table whose rows stand under `key`. */
export const rowsOf = (body: JsonObject, key = 'results'): readonly CompactRow[] => {
  const columns = (body['columns'] ?? []) as JsonValue[];
  const rows = (body[key] ?? []) as JsonValue[][];
  return rows.map((row) => {
    if (row.length !== columns.length) throw new Error('A row is not as long as the columns.');
    return new Map(row.map((cell, place) => [nameOf(columns[place] ?? null), cell]));
  });
};

/** What the head of a column tells beside its name. */
export const headOf = (body: JsonObject, name: string): JsonObject => {
  const head = ((body['columns'] ?? []) as JsonValue[]).find((column) => nameOf(column) === name);
  return isJsonObject(head ?? null) ? (head as JsonObject) : {};
};

const refOf = (cell: JsonValue, to: JsonValue): JsonValue => {
  if (!Array.isArray(cell)) return cell;
  const [app_label = '', model_name = ''] = String(to).split('.');
  return { id: cell[0] ?? null, label: cell[1] ?? null, to: { app_label, model_name } };
};

/** A cell as the full answer has it, from what stands in the row and in the head. */
export const cellOf = (body: JsonObject, row: CompactRow, name: string): JsonValue => {
  const cell = row.get(name) ?? null;
  const { to, utc_offset } = headOf(body, name);
  if (typeof to === 'string') return refOf(cell, to);
  return typeof utc_offset === 'string' && typeof cell === 'string' ? `${cell}${utc_offset}` : cell;
};

/** What an editable cell is written with. */
export const rawCellOf = (body: JsonObject, row: CompactRow, name: string): JsonValue => {
  const own = row.get(`${name}.raw`);
  if (own !== undefined) return own;
  const cell = row.get(name) ?? null;
  const { raw, to } = headOf(body, name);
  const [id, label] =
    typeof to === 'string' && Array.isArray(cell)
      ? cell
      : isJsonObject(cell)
        ? [cell['id'], cell['label']]
        : [cell];
  const value = id ?? label ?? null;
  return isJsonObject(raw ?? null) ? ((raw as JsonObject)[String(value)] ?? value) : value;
};

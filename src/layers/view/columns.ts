import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { always, lean, never, type Rules } from './lean.ts';
import { commonTarget, isRef } from './refs.ts';
import { needsLabels } from './table.ts';
import { unlessRepeated } from './words.ts';

const member = (row: JsonObject, of: 'fields' | 'raw', name: string): JsonValue | undefined => {
  const all = row[of];
  return isJsonObject(all) ? all[name] : undefined;
};

/** The values of one column, and what its head has to tell of them. */
export interface Column {
  readonly name: string;
  readonly head: JsonObject;
  readonly cells: readonly JsonValue[];
}

/** What stands in a row as text, a reference as its key or label; undefined for other JSON. */
const textOf = (value: JsonValue, cell: JsonValue): string | undefined => {
  if (isRef(value)) return String(value['id'] ?? value['label']);
  return typeof cell === 'object' && cell !== null ? undefined : String(cell);
};

/** What is written for each text that is shown, or undefined where a text stands for two values. */
const rawByText = (
  pairs: readonly (readonly [text: string | undefined, raw: JsonValue])[],
): JsonObject | undefined => {
  const found = new Map<string, JsonValue>();
  for (const [text, raw] of pairs) {
    if (text === undefined) return undefined;
    if (found.has(text) && String(found.get(text)) !== String(raw)) return undefined;
    found.set(text, raw);
  }
  // What is written as it is shown needs no telling.
  return Object.fromEntries([...found].filter(([text, raw]) => text !== String(raw)));
};

/** The values that an editable column is written with, where they are not those that it shows. */
const withRaw = (column: Column, rows: readonly JsonObject[]): readonly Column[] => {
  const { name, head, cells } = column;
  if (rows.every((row) => member(row, 'raw', name) === undefined)) return [column];
  const pairs = rows.flatMap((row, index) => {
    const raw = member(row, 'raw', name);
    const text = textOf(member(row, 'fields', name) ?? null, cells[index] ?? null);
    return raw === undefined ? [] : [[text, raw] as const];
  });
  const raw = rawByText(pairs);
  if (raw === undefined) {
    const written = rows.map((row) => member(row, 'raw', name) ?? null);
    return [column, { name: `${name}.raw`, head: {}, cells: written }];
  }
  return [Object.keys(raw).length === 0 ? column : { ...column, head: { ...head, raw } }];
};

const headRules: Rules = {
  name: always,
  label: unlessRepeated,
  sortable: never,
  editable: never,
  type: never,
};

/** Names of the columns that are so, under one key, where there are any. */
const namesWhere = (
  columns: readonly JsonObject[],
  key: string,
  is: (column: JsonObject) => boolean,
): JsonObject => {
  const names = columns.filter(is).map(({ name }) => name ?? null);
  return names.length === 0 ? {} : { [key]: names };
};

/** What bulk_update can set, and what cannot be ordered by. */
export const abilities = (columns: readonly JsonObject[]): JsonObject => ({
  ...namesWhere(columns, 'editable', ({ editable }) => editable === true),
  ...namesWhere(columns, 'unsortable', ({ sortable }) => sortable === false),
});

/** References are `[id, label]` where all of the column lead to one model, which its head names. */
const refColumn = (
  values: readonly JsonValue[],
): { to: string; cells: JsonValue[] } | undefined => {
  const present = values.filter((value) => value !== null);
  const to = present.every(isRef) ? commonTarget(present) : undefined;
  if (to === undefined) return undefined;
  return {
    to,
    cells: values.map((value) =>
      isJsonObject(value) ? [value['id'] ?? null, value['label'] ?? null] : null,
    ),
  };
};

const momentPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([+-]\d\d:\d\d)$/;

/** Moments without their offset from UTC where it is the same for all of the column; its head has it. */
const momentColumn = (
  values: readonly JsonValue[],
): { utc_offset: string; cells: JsonValue[] } | undefined => {
  const cells: JsonValue[] = [];
  const offsets = new Set<string>();
  for (const value of values) {
    const [, moment, offset] = typeof value === 'string' ? (momentPattern.exec(value) ?? []) : [];
    if (moment !== undefined && offset !== undefined) offsets.add(offset);
    else if (value !== null) return undefined;
    cells.push(moment ?? null);
  }
  const [utc_offset, ...others] = offsets;
  return utc_offset === undefined || others.length > 0 ? undefined : { utc_offset, cells };
};

/** Values with what they have in common told once, by the head of their column. */
const sharedIn = (values: readonly JsonValue[]): Pick<Column, 'head' | 'cells'> => {
  const { cells = values, ...head } = refColumn(values) ?? momentColumn(values) ?? {};
  return { head, cells };
};

/** The columns of a list; those of cells that no column is told for come last. */
export const columnsOf = (
  columns: readonly JsonObject[],
  rows: readonly JsonObject[],
): Column[] => {
  const heads = new Map(columns.map((head) => [String(head['name']), head]));
  for (const row of rows)
    if (isJsonObject(row['fields']))
      for (const name of Object.keys(row['fields']))
        if (!heads.has(name)) heads.set(name, { name });
  return [...heads].flatMap(([name, head]) => {
    const values = rows.map((row) => member(row, 'fields', name) ?? null);
    const shared = sharedIn(values);
    const column = {
      name,
      head: { ...lean(head, headRules), ...shared.head },
      cells: shared.cells,
    };
    return withRaw(column, rows);
  });
};

/** Key, version and label of the rows, as far as the list tells them. */
export const ownColumns = (rows: readonly JsonObject[], columns: readonly Column[]): Column[] => {
  const column = (name: string): Column => ({
    name,
    head: {},
    cells: rows.map((row) => row[name] ?? null),
  });
  const labels = rows.map((row, index) => ({
    label: row['label'] ?? null,
    values: columns.map(({ cells }) => cells[index] ?? null),
  }));
  return [
    ...['pk', 'version'].map(column).filter(({ cells }) => cells.some((cell) => cell !== null)),
    ...(needsLabels(labels) ? [column('label')] : []),
  ];
};

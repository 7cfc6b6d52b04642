import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../../operations/json.ts';
import { leanFieldList } from './field.ts';
import { always, each, lean, never, type Rule, type Rules } from './lean.ts';
import { inlinePermissions } from './permissions.ts';
import { commonTarget, modelText, withoutTarget } from './refs.ts';
import { needsLabels } from './table.ts';
import { unlessRepeated } from './words.ts';

const valuesIn = (row: JsonObject): JsonObject =>
  isJsonObject(row['fields']) ? row['fields'] : {};

/** The model that a field of the rows leads to, where the field or all of its values tell it. */
const targetsOf = (fields: readonly JsonObject[], rows: readonly JsonObject[]) => {
  const told = new Map(fields.map(({ name, to }) => [String(name), to]));
  return (name: string): JsonValue | undefined => {
    const to = told.get(name);
    return to === undefined
      ? commonTarget(rows.map((row) => valuesIn(row)[name] ?? null))
      : modelText(to, {});
  };
};

/**
 * `columns` and `rows` in their order: `pk`, `label` where it is none of the values, and the
 * fields. No value is left out: a field that no row has a value for is told by `fields`.
 */
const rowsTable = (fields: readonly JsonObject[], rows: readonly JsonObject[]): JsonObject => {
  if (rows.length === 0) return {};
  const targetOf = targetsOf(fields, rows);
  const names = [
    ...new Set([
      ...fields.map(({ name }) => String(name)),
      ...rows.flatMap((row) => Object.keys(valuesIn(row))),
    ]),
  ].filter((name) => rows.some((row) => name in valuesIn(row)));
  const flat = rows.map((row) => {
    const values = valuesIn(row);
    return {
      pk: row['pk'] ?? null,
      label: row['label'] ?? null,
      values: names.map((name) => withoutTarget(values[name] ?? null, targetOf(name))),
    };
  });
  const labelled = needsLabels(flat);
  return {
    columns: ['pk', ...(labelled ? ['label'] : []), ...names],
    rows: flat.map(({ pk, label, values }) => [pk, ...(labelled ? [label] : []), ...values]),
  };
};

const rules: Rules = {
  name: always,
  label: unlessRepeated,
  kind: never,
  fk_name: never,
  pk_field: never,
  child: modelText,
  extra: never,
  min_num: (count) => (typeof count === 'number' && count > 0 ? count : undefined),
  can_view: never,
  can_add: never,
  can_change: never,
  can_delete: never,
  show_change_link: never,
  fields: never,
  rows: never,
};

const leanInline = (inline: JsonObject): JsonObject => {
  const fields = objectsIn(inline['fields']);
  const rows = objectsIn(inline['rows']);
  return {
    ...lean(inline, rules),
    ...inlinePermissions(inline),
    fields: leanFieldList(fields, (name) => rows.map((row) => valuesIn(row)[name] ?? null)),
    ...rowsTable(fields, rows),
  };
};

export const inlines: Rule = each(leanInline);

/** After a write only their rows. */
export const inlineRows: Rule = each((inline) => ({
  name: inline['name'] ?? null,
  ...rowsTable(objectsIn(inline['fields']), objectsIn(inline['rows'])),
}));

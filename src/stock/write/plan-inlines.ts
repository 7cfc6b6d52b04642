import type { JsonObject } from '../../operations/json.ts';
import { keyJson } from '../contract/key.ts';
import type { Inline, InlineRow } from '../pages/types/form-page.ts';
import { changesJson, newJson, own, type PlannedField } from './plan-fields.ts';
import type { Posted } from './planned-value.ts';

/** A row that would be saved: its fields, and where their controls are. */
export interface PlannedRow {
  /** `lines-0`, as problems of rows are named. */
  readonly prefix: string;
  readonly fields: readonly PlannedField[];
  readonly json: JsonObject;
}

const indexIn = (prefix: string, control: string): number | undefined => {
  const [, index] = control.startsWith(`${prefix}-`)
    ? (/^(\d+)-/.exec(control.slice(prefix.length + 1)) ?? [])
    : [];
  return index === undefined ? undefined : Number(index);
};

const newRow = (inline: Inline, index: number, posted: Posted): PlannedRow => {
  const { prefix } = inline;
  const blank = inline.rows.find((row) => row.isNew && row.index === index);
  const fields =
    blank === undefined
      ? own(inline.fields).map(({ field, base }) => ({
          field,
          base: base.replace(`${prefix}-__prefix__-`, `${prefix}-${index}-`),
        }))
      : own(blank.fields);
  const json = { inline: prefix, pk: null, changes: newJson(fields, posted) };
  return { prefix: `${prefix}-${index}`, fields, json };
};

const storedRow = (
  { prefix }: Inline,
  row: InlineRow,
  changed: ReadonlySet<string>,
  posted: Posted,
): PlannedRow => {
  const pk = row.pk === null ? null : keyJson(row.pk);
  const rowPrefix = `${prefix}-${row.index}`;
  if (changed.has(`${rowPrefix}-DELETE`))
    return {
      prefix: rowPrefix,
      fields: [],
      json: { inline: prefix, pk, delete: true, changes: [] },
    };
  const fields = own(row.fields);
  const isChanged = ({ field }: PlannedField) => changed.has(`${rowPrefix}-${field.name}`);
  const json = { inline: prefix, pk, changes: changesJson(fields, isChanged, posted) };
  return { prefix: rowPrefix, fields, json };
};

/** The rows that would be added, changed or deleted, in the order of the page. */
export const plannedRows = (
  inlines: readonly Inline[],
  changed: readonly string[],
  posted: Posted,
): PlannedRow[] => {
  const names = new Set(changed);
  return inlines.flatMap((inline) => {
    const indexes = new Set(changed.flatMap((name) => indexIn(inline.prefix, name) ?? []));
    return [...indexes]
      .sort((a, b) => a - b)
      .map((index) => {
        const stored = inline.rows.find((row) => !row.isNew && row.index === index);
        return stored === undefined
          ? newRow(inline, index, posted)
          : storedRow(inline, stored, names, posted);
      });
  });
};

import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Changelist, Row } from '../pages/types/changelist.ts';
import type { FormField } from '../pages/types/field.ts';
import type { EncodeOptions } from './encode.ts';
import { newDraft, overlayFields } from './overlay-fields.ts';
import { type Replacements, replaceValues } from './pairs.ts';
import { controlValues } from './successful.ts';
import type { FormPair } from './types.ts';

export interface RowsOverlay {
  /** The management form, and the wanted rows only, counted from 0. */
  readonly pairs: readonly FormPair[];
  /** Of each key: the fields that differ from what the list shows. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
  /** How many pairs each row takes, in the order given. */
  readonly sizes: readonly number[];
}

const noFiles = 'Files cannot be set in a list; use update.';

const editableFields = (row: Row): FormField[] => row.cells.flatMap(({ field }) => field ?? []);

interface Renumbering {
  readonly from: string;
  readonly to: string;
}

const renumber = (name: string, { from, to }: Renumbering): string =>
  name.startsWith(from) ? `${to}${name.slice(from.length)}` : name;

const joined = (values: readonly string[]): string => JSON.stringify(values);

/** Control names of one row, without its prefix, whose values differ. */
const changedIn = (row: string, shown: readonly FormPair[], values: Replacements): string[] =>
  [...values]
    .filter(([name]) => name.startsWith(row))
    .filter(([name, given]) => {
      const before = shown.flatMap(([each, value]) => (each === name ? [value] : []));
      return joined(before) !== joined(given);
    })
    .map(([name]) => name.slice(row.length));

const sizesOf = (pairs: readonly FormPair[], prefix: string, rows: number): number[] => {
  const sizes = new Array<number>(rows).fill(0);
  for (const [name] of pairs) {
    const row = Number.parseInt(name.slice(prefix.length + 1), 10);
    sizes[row] = (sizes[row] ?? 0) + 1;
  }
  return sizes;
};

/**
 * Lays values over rows of a changelist's editable columns. Django takes any subset of rows, on
 * any URL of the changelist, with numbers of its own; every editable field of a row must be
 * there, or it counts as emptied.
 *
 * @throws GatewayError `input` as {@link import('./overlay.ts').overlay}, with paths `<pk>.<field>`
 * @throws GatewayError `missing` where a key is not on the page
 */
export const overlayRows = (
  list: Pick<Changelist, 'rows' | 'formset' | 'form'>,
  updates: readonly { readonly pk: string; readonly data: JsonObject }[],
  options: EncodeOptions = { timeZone: null },
): RowsOverlay => {
  const { formset, form } = list;
  if (formset?.pkName == null || form === null)
    throw new GatewayError('unsupported', 'No column of this list can be edited in place.');
  const { prefix, pkName } = formset;
  const byPk = new Map(list.rows.map((row) => [row.pk, row]));
  const draft = newDraft();
  const shown: FormPair[] = [];
  for (const [i, { pk, data }] of updates.entries()) {
    const row = byPk.get(pk);
    if (row === undefined)
      throw new GatewayError('missing', 'An object is not in the list.', { details: { pk } });
    const names = { from: `${prefix}-${row.formIndex}-`, to: `${prefix}-${i}-` };
    const controls = row.cells.flatMap((cell) => cell.controls);
    shown.push([`${prefix}-${i}-${pkName}`, pk]);
    for (const control of controls)
      for (const value of controlValues(control))
        shown.push([renumber(control.name, names), value]);
    const target = {
      fields: editableFields(row),
      controls: controls.map((control) => ({ ...control, name: renumber(control.name, names) })),
      nameOf: (field: FormField) => renumber(field.controlName ?? '', names),
      path: `${pk}.`,
      touchedPrefix: names.to,
      isNew: false,
    };
    overlayFields(draft, target, data, options);
    for (const { field } of draft.files.splice(0))
      draft.problems.set(`${pk}.${field.slice(names.to.length)}`, [noFiles]);
  }
  if (draft.problems.size > 0)
    throw new GatewayError('input', 'Some values do not fit the list; nothing was sent.', {
      details: { fields: Object.fromEntries(draft.problems) },
    });
  const pairs = replaceValues(shown, draft.values);
  const count = String(updates.length);
  const management: FormPair[] = [
    [`${prefix}-TOTAL_FORMS`, count],
    [`${prefix}-INITIAL_FORMS`, count],
    [`${prefix}-MIN_NUM_FORMS`, '0'],
    [`${prefix}-MAX_NUM_FORMS`, '1000'],
  ];
  const changed = new Map(
    updates.map(({ pk }, i) => [pk, changedIn(`${prefix}-${i}-`, shown, draft.values)]),
  );
  const sizes = sizesOf(pairs, prefix, updates.length);
  return { pairs: [...management, ...pairs], changed, sizes };
};

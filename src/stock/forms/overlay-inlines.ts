import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { didYouMean } from '../../operations/nearest.ts';
import type { Inline, InlineRow } from '../pages/types/form-page.ts';
import type { EncodeOptions } from './encode.ts';
import { type Draft, overlayFields } from './overlay-fields.ts';
import { copiedRow } from './pairs.ts';
import type { FormPair, HtmlForm } from './types.ts';

/** One row of a patch, whichever way it was written. */
interface RowPatch {
  readonly pk: string | null;
  readonly isDeletion: boolean;
  readonly fields: JsonObject;
}

const isMark = (value: JsonValue | undefined): boolean => value === true;

/**
 * `{pk?, _delete?, …fields}`, or the contract's `{pk?, DELETE?, fields: {…}}`, unless the
 * inline itself has a field called `fields`.
 */
const readRow = (row: JsonObject, inline: Inline): RowPatch => {
  const { pk = null, _delete: deletion, DELETE: marked, ...rest } = row;
  const { fields, ...others } = rest;
  const isNested =
    isJsonObject(fields ?? null) && !inline.fields.some(({ name }) => name === 'fields');
  return {
    pk: typeof pk === 'number' || typeof pk === 'string' ? String(pk) : null,
    isDeletion: isMark(deletion) || isMark(marked),
    fields: isNested ? { ...others, ...(fields as JsonObject) } : rest,
  };
};

/** The rows of one inline in a patch: a list, or the contract's `{items: […]}`. */
const rowsOf = (value: JsonValue): JsonObject[] | undefined => {
  const list = isJsonObject(value) ? value['items'] : value;
  return Array.isArray(list) && list.every(isJsonObject) ? list : undefined;
};

interface InlineDraft {
  readonly draft: Draft;
  readonly form: HtmlForm;
  readonly inline: Inline;
  readonly options: EncodeOptions;
  /** Rows appended to the form. */
  readonly added: FormPair[];
}

const problem = ({ draft, inline }: InlineDraft, row: number, text: string): void => {
  draft.problems.set(`${inline.prefix}.${row}`, [text]);
};

const changeRow = (given: InlineDraft, i: number, row: InlineRow, patch: RowPatch): void => {
  const { draft, form, inline, options } = given;
  const target = {
    fields: row.fields,
    controls: form.controls,
    nameOf: (field: { readonly controlName: string | null }) => field.controlName ?? '',
    path: `${inline.prefix}.${i}.`,
    touchedPrefix: `${inline.prefix}-${row.index}-`,
    isNew: row.isNew,
  };
  overlayFields(draft, target, patch.fields, options);
};

const deleteRow = (given: InlineDraft, i: number, row: InlineRow): void => {
  if (!row.canDelete) {
    problem(given, i, 'Rows of this inline cannot be deleted.');
    return;
  }
  const name = `${given.inline.prefix}-${row.index}-DELETE`;
  given.draft.values.set(name, ['on']);
  given.draft.touched.add(name);
};

const addCopiedRow = (given: InlineDraft, i: number, index: number, patch: RowPatch): void => {
  const { draft, form, inline, options, added } = given;
  const template = `${inline.prefix}-__prefix__-`;
  const own = `${inline.prefix}-${index}-`;
  added.push(...copiedRow(form, inline.prefix, index));
  const controls = form.controls
    .filter((control) => control.name.startsWith(template))
    .map((control) => ({ ...control, name: control.name.replace(template, own) }));
  const target = {
    fields: inline.fields,
    controls,
    nameOf: (field: { readonly controlName: string | null }) =>
      (field.controlName ?? '').replace(template, own),
    path: `${inline.prefix}.${i}.`,
    touchedPrefix: own,
    isNew: true,
  };
  overlayFields(draft, target, patch.fields, options);
};

/** Adds, changes and deletes rows of one inline. Blank rows of the page are used up first. */
const overlayInline = (given: InlineDraft, rows: readonly JsonObject[]): void => {
  const { draft, inline } = given;
  const existing = new Map(
    inline.rows.flatMap((row) => (row.pk === null ? [] : [[row.pk, row] as const])),
  );
  const blanks = inline.rows.filter((row) => row.isNew);
  let next = inline.totalForms;
  let kept = inline.initialForms;
  for (const [i, each] of rows.entries()) {
    const patch = readRow(each, inline);
    const row = patch.pk === null ? undefined : existing.get(patch.pk);
    if (patch.pk !== null && row === undefined) {
      problem(
        given,
        i,
        `There is no row with this pk. ${didYouMean(patch.pk, [...existing.keys()])}`,
      );
    } else if (row !== undefined) {
      if (patch.isDeletion) {
        deleteRow(given, i, row);
        kept--;
      } else changeRow(given, i, row, patch);
    } else if (patch.isDeletion) {
      problem(given, i, 'Give the pk of the row to delete.');
    } else if (!inline.canAdd && blanks.length === 0) {
      problem(given, i, 'Rows cannot be added to this inline.');
    } else {
      kept++;
      const blank = blanks.shift();
      draft.newRows.set(`${inline.prefix}.${i}`, `${inline.prefix}-${blank?.index ?? next}-`);
      if (blank === undefined) addCopiedRow(given, i, next++, patch);
      else changeRow(given, i, blank, patch);
    }
  }
  if (inline.maxNum !== null && kept > inline.maxNum)
    draft.problems.set(inline.prefix, [`It takes at most ${inline.maxNum} rows.`]);
  if (next !== inline.totalForms) draft.values.set(`${inline.prefix}-TOTAL_FORMS`, [String(next)]);
};

/** Works the `inlines` of a patch into the draft; returns what is to be appended to the form. */
export const overlayInlines = (
  draft: Draft,
  form: HtmlForm,
  inlines: readonly Inline[],
  patch: JsonValue,
  options: EncodeOptions,
): FormPair[] => {
  const added: FormPair[] = [];
  if (!isJsonObject(patch)) {
    draft.problems.set('inlines', ['Give an object: the name of an inline to a list of rows.']);
    return added;
  }
  const byPrefix = new Map(inlines.map((inline) => [inline.prefix, inline]));
  for (const [prefix, value] of Object.entries(patch)) {
    const inline = byPrefix.get(prefix);
    const rows = rowsOf(value);
    if (inline === undefined)
      draft.problems.set(`inlines.${prefix}`, [
        `There is no such inline. ${didYouMean(prefix, [...byPrefix.keys()])}`,
      ]);
    else if (rows === undefined)
      draft.problems.set(`inlines.${prefix}`, ['Give a list of rows, each an object.']);
    else overlayInline({ draft, form, inline, options, added }, rows);
  }
  return added;
};

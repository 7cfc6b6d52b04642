import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { FormField } from '../pages/types/field.ts';
import type { FormPage, Inline } from '../pages/types/form-page.ts';
import type { EncodeOptions } from './encode.ts';
import { findHazards } from './hazards.ts';
import { type Draft, newDraft, overlayFields } from './overlay-fields.ts';
import { overlayInlines } from './overlay-inlines.ts';
import { replaceValues } from './pairs.ts';
import { successfulControls } from './successful.ts';
import type { FormFile, FormPair, Hazard, HtmlForm } from './types.ts';

/** What a patch is laid over: a {@link import('../pages/types/form-page.ts').FormPage}, or any form with its fields. */
export interface OverlayTarget {
  readonly form: HtmlForm | null;
  readonly fields: readonly FormField[];
  readonly inlines: readonly Inline[];
  /** Only a change page has stored values that posting could damage. */
  readonly mode?: FormPage['mode'];
}

export interface Overlay {
  /** Every successful control of the form, in order; the token and the button are the sender's. */
  readonly pairs: readonly FormPair[];
  readonly files: readonly FormFile[];
  /** The form, or a file, wants `multipart/form-data`. */
  readonly multipart: boolean;
  /** Fields whose controls differ from the page now; `prefix-index-name` in inline rows. */
  readonly changed: readonly string[];
  /** Fields that the patch sets, to another value or to the one they have; named as in `changed`. */
  readonly touched: ReadonlySet<string>;
  /** What posting this may do to fields that the patch does not set. */
  readonly hazards: readonly Hazard[];
}

const reject = (problems: Draft['problems']): GatewayError =>
  new GatewayError('input', 'Some values do not fit the form; nothing was sent.', {
    hint: 'Read the form first: it names the fields and what each takes.',
    details: { fields: Object.fromEntries(problems) },
  });

const sameLists = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, i) => text === b[i]);

/** Control names to the field that was set: `updated_0` is of `updated`. */
const fieldOf = (control: string, touched: ReadonlySet<string>): string => {
  if (touched.has(control)) return control;
  const base = control.replace(/_(?:\d+|year|month|day)$|-clear$/, '');
  return touched.has(base) ? base : control;
};

/** Names of controls that are to be posted with other values than `shown` has. */
const changedControls = (draft: Draft, shownPairs: readonly FormPair[]): string[] => {
  const shown = new Map<string, string[]>();
  for (const [name, value] of shownPairs) {
    const values = shown.get(name);
    if (values === undefined) shown.set(name, [value]);
    else values.push(value);
  }
  const values = [...draft.values]
    .filter(([name, given]) => !sameLists(shown.get(name) ?? [], given))
    .map(([name]) => name)
    .filter((name) => !name.endsWith('-TOTAL_FORMS'));
  return [...values, ...draft.files.map(({ field }) => field)];
};

/** Django leaves out new rows that nobody touched; saying nothing would look like a row was added. */
const refuseBlankRows = (draft: Draft, changed: readonly string[]): void => {
  for (const [path, prefix] of draft.newRows)
    if (!changed.some((name) => name.startsWith(prefix)))
      draft.problems.set(path, ['Give a new row some value that the blank row does not have.']);
};

const hazardsOf = (target: OverlayTarget, form: HtmlForm, draft: Draft): Hazard[] => {
  const rows = target.inlines.flatMap(({ prefix, rows: all }) =>
    all
      .filter((row) => !row.isNew && !draft.touched.has(`${prefix}-${row.index}-DELETE`))
      .flatMap((row) => findHazards(row.fields, form.controls, `${prefix}-${row.index}-`)),
  );
  return [...findHazards(target.fields, form.controls), ...rows].filter(
    ({ field }) => !draft.touched.has(field),
  );
};

/**
 * Lays a patch over a form: every control as the page has it, but for the fields that the
 * patch names.
 *
 * The patch has field names at the top, and `inlines`: the formset's prefix to a list of rows.
 *
 * ```json
 * {"price": "12.50", "tags": ["1", "4"], "inlines": {"line_set": [
 *   {"pk": "3", "quantity": 2}, {"pk": "4", "_delete": true}, {"title": "New", "quantity": 1}]}}
 * ```
 *
 * Rows that are not named stay. A value equal to the one that the page model shows touches
 * nothing. What each widget takes is at {@link import('../pages/types/field.ts').FormField}:
 * a field takes the values it shows; relations take a bare key as well as `{id}`.
 *
 * @throws GatewayError `input`, with `details.fields`: path (`price`, `line_set.0.quantity`)
 *   to sentences that say what is expected; nothing of a refused patch may be sent
 */
export const overlay = (
  target: OverlayTarget,
  patch: JsonObject,
  options: EncodeOptions = { timeZone: null },
): Overlay => {
  const { form } = target;
  if (form === null) throw new GatewayError('unsupported', 'This page has no form to fill in.');
  const draft = newDraft();
  const { inlines, ...fields } = patch;
  const own = {
    fields: target.fields,
    controls: form.controls,
    nameOf: (field: FormField) => field.controlName ?? field.name,
    path: '',
    touchedPrefix: '',
    isNew: false,
  };
  overlayFields(draft, own, fields, options);
  const added =
    inlines === undefined ? [] : overlayInlines(draft, form, target.inlines, inlines, options);
  if (draft.files.length > 0 && !form.multipart)
    draft.problems.set(draft.files[0]?.field ?? '', ['This form takes no files.']);
  const shown = [...successfulControls(form), ...added];
  const changed = changedControls(draft, shown);
  // A row with another problem has no values of its own and needs no second sentence.
  if (draft.problems.size === 0) refuseBlankRows(draft, changed);
  if (draft.problems.size > 0) throw reject(draft.problems);
  return {
    pairs: replaceValues(shown, draft.values),
    files: draft.files,
    multipart: form.multipart || draft.files.length > 0,
    touched: draft.touched,
    changed: [...new Set(changed.map((name) => fieldOf(name, draft.touched)))],
    hazards: target.mode === 'change' ? hazardsOf(target, form, draft) : [],
  };
};

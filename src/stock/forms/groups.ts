import type { JsonValue } from '../../operations/json.ts';
import type { FormField } from '../pages/types/field.ts';
import type { FormPage, Inline } from '../pages/types/form-page.ts';
import { successfulControls } from './successful.ts';
import type { FormPair } from './types.ts';

/** Popup bookkeeping differs between the popup and the full page of the same object. */
const isOfThePage = (name: string): boolean =>
  name === '_popup' || name === '_to_field' || name === '_source_model' || name === 'next';

/** Names and values are told apart by their lengths, so no value can imitate another list. */
const line = ([name, value]: FormPair): string =>
  `${name.length}:${name}=${value.length}:${value}\n`;

/** A file input has no value; what it stands for has a name. Its address may be signed anew each time. */
const fileLine = (name: string, { widget, value }: FormField): string[] => {
  if (widget.kind !== 'file') return [];
  const file = value as { readonly name?: JsonValue } | null;
  return [line([name, JSON.stringify(file?.name ?? null)])];
};

/** The field that a control belongs to: `updated_0`, `initial-updated` and `photo-clear` have one. */
const baseOf = (control: string): string =>
  control.replace(/^initial-/, '').replace(/_(?:\d+|year|month|day)$|-clear$/, '');

const inlineOf = (inlines: readonly Inline[], control: string): Inline | undefined =>
  inlines
    .filter(({ prefix }) => control.startsWith(`${prefix}-`))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];

/**
 * Blank rows are no part of the object, and their initial values may be drawn anew for each
 * page; how many rows are stored is.
 */
const isStored = ({ prefix, rows }: Inline, control: string): boolean => {
  const rest = control.slice(prefix.length + 1);
  const [, index] = /^(\d+)-/.exec(rest) ?? [];
  if (index === undefined) return rest === 'INITIAL_FORMS';
  return rows.some((row) => !row.isNew && row.index === Number(index));
};

/** A page without controls has only what it shows. */
const shownGroups = ({ fields, inlines }: FormPage): Map<string, string> =>
  new Map([
    ...fields.map((field) => [field.name, JSON.stringify(field.value)] as const),
    ...inlines.map(({ prefix, rows }) => {
      const shown = rows.map((row) => [row.pk, ...row.fields.map(({ value }) => value)]);
      return [prefix, JSON.stringify(shown)] as const;
    }),
  ]);

/**
 * What an object's page holds, by field and by inline (its prefix), as text that differs
 * where the object does: the values of the controls, or what is shown where there are none.
 * The same for every reading of an unchanged object, with and without `_popup`.
 */
export const groupsOf = (page: FormPage): ReadonlyMap<string, string> => {
  const { form, fields, inlines } = page;
  if (form === null || page.mode === 'view') return shownGroups(page);
  const names = new Map(
    fields.flatMap(({ controlName, name }) =>
      controlName === null ? [] : [[controlName, name] as const],
    ),
  );
  const lines = new Map<string, string[]>();
  const put = (group: string, each: readonly string[]): void => {
    const known = lines.get(group);
    if (known === undefined) lines.set(group, [...each]);
    else known.push(...each);
  };
  // Every field has its group, also while its box is not checked.
  for (const field of fields)
    if (field.controlName !== null) put(field.name, fileLine(field.name, field));
  for (const { prefix, rows } of inlines)
    for (const row of rows)
      put(
        prefix,
        row.fields.flatMap((field) => fileLine(`${row.index}-${field.name}`, field)),
      );
  for (const pair of successfulControls(form)) {
    const [control] = pair;
    if (isOfThePage(control)) continue;
    const inline = inlineOf(inlines, control);
    if (inline === undefined)
      put(names.get(control) ?? names.get(baseOf(control)) ?? control, [line(pair)]);
    else if (isStored(inline, control)) put(inline.prefix, [line(pair)]);
  }
  // By code unit: a select of several may list the same choices in another order.
  return new Map(
    [...lines].map(([group, each]) => [
      group,
      each.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(''),
    ]),
  );
};

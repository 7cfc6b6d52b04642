import type { JsonObject, JsonValue } from '../../operations/json.ts';
import { didYouMean } from '../../operations/nearest.ts';
import type { FormField } from '../pages/types/field.ts';
import { type EncodeOptions, encodeField } from './encode.ts';
import { isRefused } from './patch-values.ts';
import type { Control, FormFile } from './types.ts';

/** Problems by path: a field's name, or `prefix.row.name` in an inline. */
export type Problems = Map<string, string[]>;

/** What a patch does to the controls of a form, while it is being worked out. */
export interface Draft {
  readonly values: Map<string, readonly string[]>;
  readonly files: FormFile[];
  /** Names of fields that were set; `prefix-index-name` in rows. */
  readonly touched: Set<string>;
  readonly problems: Problems;
  /** New rows of inlines: path in the patch to the prefix of the row's controls. */
  readonly newRows: Map<string, string>;
}

export const newDraft = (): Draft => ({
  values: new Map(),
  files: [],
  touched: new Set(),
  problems: new Map(),
  newRows: new Map(),
});

/** Reads answer with the value; sending the same back changes nothing, and so touches nothing. */
const isSame = (a: JsonValue, b: JsonValue): boolean => JSON.stringify(a) === JSON.stringify(b);

export interface FieldTarget {
  readonly fields: readonly FormField[];
  readonly controls: readonly Control[];
  /** Base name of a field's controls, where it is not the field's own. */
  readonly nameOf: (field: FormField) => string;
  /** Put before names in problems and in `touched`. */
  readonly path: string;
  readonly touchedPrefix: string;
  /** A new row has no values yet: whatever is given is set. */
  readonly isNew: boolean;
}

/** Sets the fields that a patch names. Names and values that the form does not know become problems. */
export const overlayFields = (
  draft: Draft,
  target: FieldTarget,
  patch: JsonObject,
  options: EncodeOptions,
): void => {
  const byName = new Map(target.fields.map((field) => [field.name, field]));
  for (const [name, value] of Object.entries(patch)) {
    const path = `${target.path}${name}`;
    const field = byName.get(name);
    if (field === undefined) {
      draft.problems.set(path, [`There is no such field. ${didYouMean(name, [...byName.keys()])}`]);
      continue;
    }
    if (!target.isNew && field.widget.kind !== 'password' && isSame(value, field.value)) {
      draft.touched.add(`${target.touchedPrefix}${name}`);
      continue;
    }
    const controlName = field.controlName === null ? name : target.nameOf(field);
    const encoded = encodeField(field, controlName, value, target.controls, options);
    if (isRefused(encoded)) {
      draft.problems.set(path, [encoded.refused]);
      continue;
    }
    draft.touched.add(`${target.touchedPrefix}${name}`);
    for (const [control, values] of encoded.values) draft.values.set(control, values);
    if (encoded.file !== undefined) draft.files.push(encoded.file);
  }
};

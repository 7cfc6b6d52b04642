import type { JsonObject, JsonValue } from '../../operations/json.ts';
import { valueJson } from '../contract/field.ts';
import type { FormField } from '../pages/types/field.ts';
import { type Posted, plannedValue } from './planned-value.ts';

/** A field with the base name of its controls, which in a new row is not the field's own. */
export interface PlannedField {
  readonly field: FormField;
  readonly base: string;
}

/** Fields of a form or a stored row, under their own names. */
export const own = (fields: readonly FormField[]): PlannedField[] =>
  fields.flatMap((field) =>
    field.readonly || field.controlName === null ? [] : [{ field, base: field.controlName }],
  );

const isShown = ({ field }: PlannedField): boolean => field.widget.kind !== 'hidden';

const newValue = ({ field, base }: PlannedField, posted: Posted): JsonValue => {
  const value = plannedValue(field, base, posted);
  // A new file has no address yet.
  return field.widget.kind === 'file' ? value : valueJson({ ...field, value });
};

const changeJson = (planned: PlannedField, old: JsonValue, posted: Posted): JsonObject => ({
  name: planned.field.name,
  label: planned.field.label,
  old,
  new: newValue(planned, posted),
});

/** Fields that would change, each with what it is and what it would be. */
export const changesJson = (
  fields: readonly PlannedField[],
  isChanged: (planned: PlannedField) => boolean,
  posted: Posted,
): JsonObject[] =>
  fields
    .filter((planned) => isShown(planned) && isChanged(planned))
    .map((planned) => changeJson(planned, valueJson(planned.field), posted));

const isEmpty = (value: JsonValue): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What a new object or row would hold: initial values too, as they are saved with it. */
export const newJson = (fields: readonly PlannedField[], posted: Posted): JsonObject[] =>
  fields
    .filter(isShown)
    .map((planned) => changeJson(planned, null, posted))
    .filter((change) => !isEmpty(change['new'] ?? null));

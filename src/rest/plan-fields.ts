import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { isRequired, isTooLong } from '../operations/plan.ts';
import { isSame } from './compare-value.ts';
import { type Field, isGroup, keyIn } from './fields.ts';

const keysOf = (value: JsonValue): readonly JsonValue[] =>
  (Array.isArray(value) ? value : [value]).flatMap((item) => keyIn(item) ?? []);

/** A key with the label that it has in the present value; others have none that is known. */
const related = (key: JsonValue, present: JsonValue): JsonObject => {
  const all = Array.isArray(present) ? present : [present];
  const known = all.filter(isJsonObject).find(({ id }) => String(id) === String(key));
  return known ?? { id: key };
};

/** A value that was given, as `retrieve` would show it. */
const asShown = (field: Field, value: JsonValue): JsonValue => {
  const { type, value: present } = field;
  if (type === 'foreignkey') {
    const [key] = keysOf(value);
    return key === undefined || key === '' ? null : related(key, present);
  }
  if (type === 'manytomany') return keysOf(value).map((key) => related(key, present));
  if (type === 'boolean' && typeof value === 'string') return value === 'true';
  return value;
};

const isEmpty = (value: JsonValue): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** One field as it is and as it would be; a password is never shown. */
const changeJson = (field: Field, old: JsonValue, value: JsonValue): JsonObject => {
  const { name, label, widget } = field;
  return widget === 'password'
    ? { name, label, old: null, new: null }
    : { name, label, old, new: asShown(field, value) };
};

/** Fields that would change, of those that were given. */
export const changesJson = (
  fields: ReadonlyMap<string, Field>,
  given: JsonObject,
): readonly JsonObject[] =>
  Object.entries(given).flatMap(([name, value]) => {
    const field = fields.get(name);
    return field === undefined || isSame(field.type, value, field.value)
      ? []
      : [changeJson(field, field.value, value)];
  });

/** What a new object would hold: initial values too, as they are saved with it. */
export const newJson = (
  fields: ReadonlyMap<string, Field>,
  values: JsonObject,
): readonly JsonObject[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const field = fields.get(name);
    return field === undefined || isEmpty(value) ? [] : [changeJson(field, null, value)];
  });

const unknownChoice = ({ choices }: Field, value: JsonValue): boolean =>
  choices.length > 0 &&
  !choices.some(isGroup) &&
  (Array.isArray(value) ? value : [value]).some(
    (item) => !choices.some((choice) => String(choice['value']) === String(item)),
  );

const errorOf = (field: Field, value: JsonValue): string | undefined => {
  if (field.type === 'boolean') return undefined;
  if (isEmpty(value)) return field.required ? isRequired : undefined;
  if (unknownChoice(field, value)) return 'It is not one of the choices.';
  // Django counts characters, not the halves that UTF-16 makes of some.
  const { maxLength = Number.POSITIVE_INFINITY } = field;
  const isLong = typeof value === 'string' && [...value.trim()].length > maxLength;
  return isLong ? isTooLong(maxLength) : undefined;
};

/** What the fields themselves say is wrong with values. The admin checks much more. */
export const knownErrors = (fields: Iterable<Field>, values: JsonObject): JsonObject =>
  Object.fromEntries(
    [...fields].flatMap((field) => {
      const error = errorOf(field, values[field.name] ?? null);
      return error === undefined ? [] : [[field.name, [error]]];
    }),
  );

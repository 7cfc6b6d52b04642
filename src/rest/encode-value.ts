import { fileExpectation, type GivenFile } from '../operations/file-value.ts';
import { takeFile } from '../operations/given-files.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { type Field, keyIn } from './fields.ts';

/**
 * The value as the package's form reads it, or why it would not be stored as given.
 * `skip`: the same as what is there, in a form that cannot be sent back (files).
 */
export type Encoded =
  | { readonly value: JsonValue }
  | { readonly file: GivenFile }
  | { readonly error: string }
  | { readonly skip: true }
  | { readonly unsupported: string };

const isScalar = (value: JsonValue): value is string | number | boolean | null =>
  value === null || typeof value !== 'object';

export const equalJson = (a: JsonValue, b: JsonValue): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => equalJson(item, b[i] ?? null))
    );
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalJson(a[name] ?? null, b[name] ?? null))
  );
};

/**
 * `forms.JSONField` takes a string for JSON text and `{}` and `[]` for nothing, so exactly
 * those have to go as text; the others are safest as they are.
 */
const mustBeText = (value: JsonValue): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value)
    ? value.length === 0
    : value !== null && typeof value === 'object' && Object.keys(value).length === 0);

const encodeJsonField = (value: JsonValue): JsonValue =>
  mustBeText(value) ? JSON.stringify(value) : value;

const encodeBoolean = (value: JsonValue, control: string | undefined): Encoded => {
  if (typeof value === 'boolean') return { value };
  if (value === 'true' || value === 'false') return { value: value === 'true' };
  // A check box has no third state: null would be stored as false.
  if (value === null && control !== 'checkbox') return { value };
  return { error: control === 'checkbox' ? 'Give true or false.' : 'Give true, false or null.' };
};

const encodeKeys = (field: Field, value: JsonValue): Encoded => {
  const given = value === null ? [] : value;
  if (!Array.isArray(given)) return { error: 'Give a list of keys.' };
  const keys = given.map(keyIn);
  if (keys.includes(undefined)) return { error: 'Give a list of keys.' };
  if (field.widget !== 'raw_id') return { value: keys as JsonValue };
  // ManyToManyRawIdWidget splits a text at its commas and fails on a list.
  if (keys.some((key) => String(key).includes(',')))
    return { unsupported: 'a key with a comma cannot be written in a raw id field' };
  return { value: keys.join(',') };
};

const encodeText = (field: Field, value: JsonValue): Encoded => {
  // A form's CharField would store Python's idea of it: "['a']", "{'x': 1}", "True".
  if (isScalar(value) && (typeof value !== 'boolean' || field.type === 'choice')) return { value };
  if (Array.isArray(value) && Array.isArray(field.value)) return { value };
  return { error: typeof value === 'boolean' ? 'Give a text or number.' : 'Give a single value.' };
};

const isClear = (value: JsonValue): boolean =>
  value === null ||
  (isJsonObject(value) && value['clear'] === true && Object.keys(value).length === 1);

const encodeFile = (field: Field, value: JsonValue): Encoded => {
  if (equalJson(value, field.value) || (isClear(value) && field.value === null))
    return { skip: true };
  if (isClear(value)) return { unsupported: 'removing a file takes the whole form' };
  const taken = takeFile(value);
  if (taken === undefined) return { error: fileExpectation };
  return 'refused' in taken ? { error: taken.refused } : { file: taken };
};

/** @param control the kind of the field's control on the HTML page, where that is known */
export const encodeValue = (
  field: Field,
  value: JsonValue,
  control: string | undefined,
): Encoded => {
  switch (field.type) {
    case 'file':
    case 'image':
      return encodeFile(field, value);
    case 'manytomany':
      return encodeKeys(field, value);
    case 'foreignkey': {
      const key = value === null || value === '' ? null : keyIn(value);
      return key === undefined ? { error: 'Give a key, or null.' } : { value: key };
    }
    case 'boolean':
      return encodeBoolean(value, control);
    case 'json':
      return { value: encodeJsonField(value) };
    case 'array':
    case 'range':
      return { value };
    default:
      return encodeText(field, value);
  }
};

/**
 * What has to be sent of a field that the caller left out, lest the package changes it: it
 * fills the form with Python values, and two fields do not read theirs. `undefined`: nothing.
 */
export const keepValue = (field: Field): Encoded | undefined => {
  if (field.type === 'manytomany' && field.widget === 'raw_id')
    return Array.isArray(field.value) && field.value.length > 0
      ? encodeKeys(field, field.value)
      : undefined;
  if (field.type !== 'json' || !mustBeText(field.value)) return undefined;
  // An integer beyond 2^53 reached us as a string and cannot be told from one.
  return typeof field.value === 'string' && /^-?\d{16,}$/.test(field.value)
    ? { unsupported: 'its JSON value is a long run of digits, which may be a number or a text' }
    : { value: encodeJsonField(field.value) };
};

/** `fields` of a validation error, as the package writes it. */
export const fieldErrors = (errors: ReadonlyMap<string, string>): JsonObject =>
  Object.fromEntries([...errors].map(([name, message]) => [name, [message]]));

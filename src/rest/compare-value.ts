import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { equalJson } from './encode-value.ts';
import { type Field, keyIn } from './fields.ts';

const text = (value: JsonValue): string =>
  value === null ? '' : String(value).replace(/\r\n?/g, '\n').trim();

const sameNumber = (a: JsonValue, b: JsonValue): boolean =>
  text(a) === text(b) || (text(a) !== '' && text(b) !== '' && Number(text(a)) === Number(text(b)));

const keysOf = (value: JsonValue): string =>
  Array.isArray(value)
    ? JSON.stringify(value.map((item) => String(keyIn(item))).sort())
    : value === null
      ? '[]'
      : 'none';

/**
 * Types whose text says the same in several ways, so that a difference proves nothing; a key
 * with `to_field` is written by that field and read by its primary key.
 */
const manySpellings = new Set([
  'foreignkey',
  'date',
  'time',
  'datetime',
  'duration',
  'uuid',
  'ip',
  'url',
  'array',
  'range',
]);

/** Whether a value that is sent says what is stored already, as far as its text tells. */
export const isSame = (type: string, sent: JsonValue, stored: JsonValue): boolean => {
  switch (type) {
    case 'integer':
    case 'float':
    case 'decimal':
      return sameNumber(sent, stored);
    case 'boolean':
      return text(sent) === text(stored) && (sent === null) === (stored === null);
    case 'foreignkey':
      return text(keyIn(sent) ?? null) === text(keyIn(stored) ?? null);
    case 'manytomany':
      return keysOf(sent) === keysOf(stored);
    case 'json':
    case 'array':
    case 'range':
      return equalJson(sent, stored);
    default:
      return text(sent) === text(stored);
  }
};

/** Whether what is stored cannot be told from what is shown. */
const isHidden = ({ widget, value }: Field): boolean =>
  widget === 'password' || (isJsonObject(value) && 'html' in value);

/**
 * What became of a value: `stored` as sent; `kept`: the old one is still there, so the write
 * was ignored; `adjusted`: the project saved another one, such as a slug made of it.
 */
type Fate = 'stored' | 'kept' | 'adjusted';

export const fateOf = (sent: JsonValue, before: Field, after: Field): Fate => {
  if (isHidden(after) || isSame(after.type, sent, after.value)) return 'stored';
  if (!equalJson(before.value, after.value) || manySpellings.has(after.type)) return 'adjusted';
  const spelling = text(sent).toLowerCase() === text(after.value).toLowerCase();
  return spelling ? 'adjusted' : 'kept';
};

/** Values of a new object that are not what was sent. */
export const adjustedIn = (sent: JsonObject, after: ReadonlyMap<string, Field>): JsonObject =>
  Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) => {
      const field = after.get(name);
      return field === undefined || isHidden(field) || isSame(field.type, value, field.value)
        ? []
        : [[name, field.value]];
    }),
  );

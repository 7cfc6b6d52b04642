import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { mapEntries, mapItems, mapJson } from '../../operations/map-json.ts';
import { masked, maskHashes } from './mask.ts';
import type { IsRedacted } from './names.ts';

/** Members that hold a value of the field that their object is about. */
const valueMembers: ReadonlySet<string> = new Set(['value', 'initial', 'old', 'new', 'now']);

/** Members that hold a list of objects, each about the field that its `name` says. */
const namedLists: ReadonlySet<string> = new Set([
  'fields',
  'columns',
  'inputs',
  'changes',
  'changed',
]);

/** Members that hold values, or descriptions, by the name of the field. */
const fieldMaps: ReadonlySet<string> = new Set(['fields', 'raw', 'adjusted', 'also_changed']);

/** Members that hold rows, whose `fields` are values and never descriptions. */
const rowLists: ReadonlySet<string> = new Set(['results', 'rows', 'now']);

const isDescription = (value: JsonValue): value is JsonObject =>
  isJsonObject(value) && typeof value['readonly'] === 'boolean' && 'label' in value;

const isRow = (value: JsonValue): boolean =>
  isJsonObject(value) && isJsonObject(value['fields'] ?? null);

/** The `fields` of an error hold what is wrong with each; of this one, the values that are there instead. */
const holdsValues = ({ code }: JsonObject): boolean => code === 'not_saved';

/** An answer with the values of redacted fields masked. */
export type RedactBody = (body: JsonObject) => JsonObject;

/**
 * Goes through an answer by the shape that all of them share (see `operations/contract/`), so
 * that what only happens to be called like a secret, as `confirm_token`, is left alone. Values
 * of other fields are masked where they hold a password hash.
 */
export const bodyRedaction = (isRedacted: IsRedacted): RedactBody => {
  const withoutHashes = (value: JsonValue): JsonValue =>
    typeof value === 'string' ? maskHashes(value) : mapJson(value, { text: maskHashes });

  const isAboutSecret = (value: JsonValue): value is JsonObject =>
    isJsonObject(value) && typeof value['name'] === 'string' && isRedacted(value['name']);

  const aboutField = (object: JsonObject): JsonObject => ({
    ...mapEntries(object, (name, value) =>
      valueMembers.has(name) ? masked(value) : withoutHashes(value),
    ),
    redacted: true,
  });

  const ofField = (name: string, value: JsonValue, inRows: boolean): JsonValue => {
    if (!isRedacted(name))
      return Array.isArray(value) && value.some(isRow) ? go(value, true) : withoutHashes(value);
    return !inRows && isDescription(value) ? aboutField(value) : masked(value);
  };

  const ofMember = (name: string, value: JsonValue, inRows: boolean): JsonValue => {
    if (isJsonObject(value)) {
      if (name === 'error')
        return mapEntries(value, (each, inner) =>
          each !== 'fields' || !isJsonObject(inner)
            ? go(inner, inRows)
            : holdsValues(value)
              ? ofMember('adjusted', inner, true)
              : withoutHashes(inner),
        );
      if (fieldMaps.has(name))
        return mapEntries(value, (field, inner) => ofField(field, inner, inRows));
    }
    if (!Array.isArray(value)) return go(value, inRows);
    if (name === 'filters') return withoutHashes(value.filter((each) => !isAboutSecret(each)));
    if (namedLists.has(name))
      return mapItems(value, (each) => (isAboutSecret(each) ? aboutField(each) : go(each, inRows)));
    return go(value, inRows || rowLists.has(name));
  };

  const go = (value: JsonValue, inRows: boolean): JsonValue => {
    if (typeof value === 'string') return maskHashes(value);
    if (Array.isArray(value)) return mapItems(value, (each) => go(each, inRows));
    if (!isJsonObject(value)) return value;
    return mapEntries(value, (name, inner) => ofMember(name, inner, inRows));
  };

  return (body) => go(body, false) as JsonObject;
};

/**
 * JSON of a project's own, whose shape is its own too: values under a redacted name, however
 * deep, are masked.
 */
export const looseRedaction =
  (isRedacted: IsRedacted): RedactBody =>
  (body) => {
    const go = (each: JsonValue): JsonValue => {
      if (typeof each === 'string') return maskHashes(each);
      if (Array.isArray(each)) return mapItems(each, go);
      if (!isJsonObject(each)) return each;
      return mapEntries(each, (name, inner) => (isRedacted(name) ? masked(inner) : go(inner)));
    };
    return go(body) as JsonObject;
  };

import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** What becomes of the parts of a JSON value; what is left out stays. */
export interface Mapping {
  readonly text?: (text: string) => string;
  /** Names of entries. */
  readonly name?: (name: string) => string;
  /** Another value for an object, or undefined to go on inside it. */
  readonly object?: (object: JsonObject) => JsonValue | undefined;
}

type Entry = readonly [string, JsonValue];

/** The entries of an object under `map`; the same object where it changes none of them. */
export const mapEntries = (
  object: JsonObject,
  map: (name: string, value: JsonValue) => Entry,
): JsonObject => {
  // Every body passes here more than once, and most are left as they are: nothing is copied
  // before the first change.
  const names = Object.keys(object);
  let changed: Entry[] | undefined;
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    const value = object[name] as JsonValue;
    const entry = map(name, value);
    if (changed === undefined && (entry[0] !== name || entry[1] !== value))
      changed = names.slice(0, i).map((same) => [same, object[same] as JsonValue]);
    changed?.push(entry);
  }
  return changed === undefined ? object : Object.fromEntries(changed);
};

/** The items of a list under `map`; the same list where it changes none of them. */
export const mapItems = (list: JsonValue[], map: (item: JsonValue) => JsonValue): JsonValue[] => {
  const mapped = list.map(map);
  return mapped.some((item, i) => item !== list[i]) ? mapped : list;
};

/**
 * A value with its parts under `mapping`. What does not change is the same object as before,
 * so that the many bodies that need no change are not copied.
 */
export const mapJson = (value: JsonValue, mapping: Mapping): JsonValue => {
  const { text, name: rename, object } = mapping;
  const go = (each: JsonValue): JsonValue => {
    if (typeof each === 'string') return text === undefined ? each : text(each);
    if (Array.isArray(each)) return mapItems(each, go);
    if (!isJsonObject(each)) return each;
    const other = object?.(each);
    if (other !== undefined) return other;
    return mapEntries(each, (name, inner) => [
      rename === undefined ? name : rename(name),
      go(inner),
    ]);
  };
  return go(value);
};

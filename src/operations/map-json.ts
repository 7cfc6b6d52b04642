import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** What becomes of the parts of a JSON value; what is left out stays. */
export interface Mapping {
  readonly text?: (text: string) => string;
  /** Names of entries. */
  readonly name?: (name: string) => string;
  /** Another value for an object, or undefined to go on inside it. */
  readonly object?: (object: JsonObject) => JsonValue | undefined;
}

/** Sets an entry, whatever its name: `__proto__` would set the prototype. */
const put = (object: JsonObject, name: string, value: JsonValue): void => {
  if (name === '__proto__')
    Object.defineProperty(object, name, {
      ...{ value, enumerable: true, writable: true, configurable: true },
    });
  else object[name] = value;
};

const copyOfFirst = (object: JsonObject, names: readonly string[], count: number): JsonObject => {
  const copy: JsonObject = {};
  for (const name of names.slice(0, count)) put(copy, name, object[name] as JsonValue);
  return copy;
};

// Every body passes through these more than once, most of it as it was: nothing is made before
// the first change.

/** An object with its values, and names, under a map; the same object where nothing changes. */
export const mapEntries = (
  object: JsonObject,
  mapValue: (name: string, value: JsonValue) => JsonValue,
  mapName?: (name: string) => string,
): JsonObject => {
  const names = Object.keys(object);
  let copy: JsonObject | undefined;
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    const value = object[name] as JsonValue;
    const newValue = mapValue(name, value);
    const newName = mapName === undefined ? name : mapName(name);
    if (copy === undefined && newValue === value && newName === name) continue;
    copy ??= copyOfFirst(object, names, i);
    put(copy, newName, newValue);
  }
  return copy ?? object;
};

/** The items of a list under `map`; the same list where it changes none of them. */
export const mapItems = (list: JsonValue[], map: (item: JsonValue) => JsonValue): JsonValue[] => {
  let copy: JsonValue[] | undefined;
  for (let i = 0; i < list.length; i += 1) {
    const item = list[i] as JsonValue;
    const mapped = map(item);
    if (copy === undefined && mapped === item) continue;
    copy ??= list.slice(0, i);
    copy.push(mapped);
  }
  return copy ?? list;
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
    return object?.(each) ?? mapEntries(each, goEntry, rename);
  };
  const goEntry = (_: string, inner: JsonValue): JsonValue => go(inner);
  return go(value);
};

import type { JsonObject, JsonValue } from '../../operations/json.ts';
import { isJsonObject } from '../../operations/json.ts';

/** What is left of one entry of an object: another value, or undefined for none at all. */
export type Rule = (value: JsonValue, whole: JsonObject) => JsonValue | undefined;

export type Rules = Readonly<Record<string, Rule>>;

const isEmpty = (value: JsonValue): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isJsonObject(value) && Object.keys(value).length === 0);

export const always: Rule = (value) => value;
export const never: Rule = () => undefined;
export const ifTrue: Rule = (value) => (value === true ? true : undefined);
export const unlessEmpty: Rule = (value) => (isEmpty(value) ? undefined : value);

/** An object under the rules for its entries; those without a rule stay unless they are empty. */
export const lean = (object: JsonObject, rules: Rules): JsonObject => {
  // A plain loop: this is most of what compact answers cost, half of it with entries and flatMap.
  const kept: JsonObject = {};
  for (const name of Object.keys(object)) {
    const value = object[name] ?? null;
    const left = (rules[name] ?? unlessEmpty)(value, object);
    if (left !== undefined) kept[name] = left;
  }
  return kept;
};

/** The rule for an object inside. */
export const inside =
  (rules: Rules): Rule =>
  (value) =>
    isJsonObject(value) ? unlessEmpty(lean(value, rules), value) : undefined;

/** The rule for a list of objects. */
export const each =
  (map: (item: JsonObject) => JsonValue): Rule =>
  (value, whole) =>
    Array.isArray(value)
      ? unlessEmpty(
          value.map((item) => (isJsonObject(item) ? map(item) : item)),
          whole,
        )
      : unlessEmpty(value, whole);

/** Something with a name, or only the name where nothing else is left to be said of it. */
export const nameOr = (item: JsonObject): JsonValue => {
  const { name } = item;
  return typeof name === 'string' && Object.keys(item).length === 1 ? name : item;
};

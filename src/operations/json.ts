/** A value as JSON carries it. Integers beyond 2^53 travel as strings. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** The payload of every answer and the root of every tool's arguments. */
export interface JsonObject {
  [key: string]: JsonValue;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects in a list; nothing where there is no list. */
export const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

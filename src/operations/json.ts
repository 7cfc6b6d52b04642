/** A value as JSON carries it. Integers beyond 2^53 travel as strings. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** The payload of every answer and the root of every tool's arguments. */
export interface JsonObject {
  [key: string]: JsonValue;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';

/** A part of a body as an object; `{}` where it is none. */
export const part = (body: JsonObject, key: string): JsonObject => {
  const value = body[key];
  return isJsonObject(value) ? value : {};
};

/** A part of a body as a list; empty where it is none. */
export const listIn = (body: JsonObject, key: string): readonly JsonValue[] => {
  const value = body[key];
  return Array.isArray(value) ? value : [];
};

/** The objects in such a list. */
export const objectsIn = (body: JsonObject, key: string): readonly JsonObject[] =>
  listIn(body, key).filter(isJsonObject);

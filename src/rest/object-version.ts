import type { Changed } from '../operations/conflict.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import type { Answer } from '../operations/upstream.ts';
import { versionOfGroups } from '../operations/version.ts';
import { listIn, objectsIn } from './body.ts';
import { fieldsOf, keyIn } from './fields.ts';

/**
 * A value without what belongs to others: labels of other objects, addresses of files, which
 * may be signed anew for each reader, and the order of a set.
 */
const essence = (type: string, value: JsonValue): JsonValue => {
  if (type === 'foreignkey') return keyIn(value) ?? value;
  if (type === 'manytomany' && Array.isArray(value))
    return value.map((item) => String(keyIn(item) ?? JSON.stringify(item))).sort();
  if ((type === 'file' || type === 'image') && isJsonObject(value)) return value['name'] ?? value;
  return value;
};

const textOf = (type: string, value: JsonValue): string => JSON.stringify(essence(type, value));

/** The rows of an inline as text, whatever order the database gives them in. */
const rowsText = (inline: JsonObject, withReadonly: boolean): string => {
  const fields = objectsIn(inline, 'fields').filter(
    (field) => withReadonly || field['readonly'] !== true,
  );
  const rows = objectsIn(inline, 'rows').map((row) => {
    const values = isJsonObject(row['fields']) ? row['fields'] : {};
    return JSON.stringify([
      String(row['pk']),
      fields.map(({ name, type }) => textOf(String(type), values[String(name)] ?? null)),
    ]);
  });
  return rows.sort().join('\n');
};

/** The inlines by a name of their own: the package gives several the same one. */
const inlinesByName = (body: JsonObject): ReadonlyMap<string, JsonObject> => {
  const named = new Map<string, JsonObject>();
  for (const inline of objectsIn(body, 'inlines')) {
    const name = String(inline['name']);
    let own = name;
    for (let count = 2; named.has(own); count += 1) own = `${name}#${count}`;
    named.set(own, inline);
  }
  return named;
};

const groups = (body: JsonObject, withReadonly: boolean): ReadonlyMap<string, string> =>
  new Map([
    ...[...fieldsOf(body).values()]
      .filter((field) => withReadonly || !field.readonly)
      .map(({ name, type, value }) => [name, textOf(type, value)] as const),
    ...[...inlinesByName(body)].map(
      ([name, inline]) => [name, rowsText(inline, withReadonly)] as const,
    ),
  ]);

/**
 * What of an object a version tells apart: the fields that can be edited and the inlines.
 * Computed ones change by themselves, and would make conflicts of nothing.
 *
 * @param body the object as `retrieve` shows it
 */
export const groupsOf = (body: JsonObject): ReadonlyMap<string, string> => groups(body, false);

export const versionOf = (body: JsonObject): string => versionOfGroups(groupsOf(body));

/** Names of all that is shown and is not the same in both, computed fields included. */
export const differences = (before: JsonObject, after: JsonObject): readonly string[] => {
  const was = groups(before, true);
  return [...groups(after, true)].flatMap(([name, text]) =>
    was.has(name) && was.get(name) !== text ? [name] : [],
  );
};

/** A field or an inline as it is now. */
export const shownNow = (body: JsonObject, name: string): Changed => {
  const inline = inlinesByName(body).get(name);
  if (inline !== undefined)
    return { name, label: String(inline['label'] ?? name), now: [...listIn(inline, 'rows')] };
  const field = fieldsOf(body).get(name);
  return { name, label: field?.label ?? null, now: field?.value ?? null };
};

/** Adds its version to an object that was read. */
export const withVersion = (answer: Answer): Answer =>
  answer.status === 200
    ? { ...answer, body: { ...answer.body, version: versionOf(answer.body) } }
    : answer;

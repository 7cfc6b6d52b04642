import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { valueJson } from '../contract/field.ts';
import { shownFields } from '../contract/fieldset.ts';
import { inlineJson } from '../contract/inline.ts';
import type { FormPage } from '../pages/types/form-page.ts';

/** Relations by their key, files by their name: labels and signed addresses are not the value. */
const identity = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(identity);
  if (!isJsonObject(value)) return value;
  return value['id'] ?? (typeof value['url'] === 'string' ? (value['name'] ?? value) : value);
};

const valuesOf = (page: FormPage): Map<string, JsonValue> =>
  new Map([
    ...shownFields(page).map((field) => [field.name, valueJson(field)] as const),
    ...page.inlines.map(
      (inline) => [inline.prefix, (inlineJson(inline)['rows'] ?? []) as JsonValue] as const,
    ),
  ]);

/**
 * Fields and inlines of an object that are not as they were although nobody asked for it:
 * what the project's own code did on saving, as they are now.
 */
export const alsoChanged = (before: FormPage, after: FormPage, data: JsonObject): JsonObject => {
  const asked = new Set([
    ...Object.keys(data),
    ...Object.keys(isJsonObject(data['inlines'] ?? null) ? (data['inlines'] as JsonObject) : {}),
  ]);
  const was = valuesOf(before);
  const changed = [...valuesOf(after)].filter(
    ([name, value]) =>
      !asked.has(name) &&
      was.has(name) &&
      JSON.stringify(identity(value)) !== JSON.stringify(identity(was.get(name) ?? null)),
  );
  return Object.fromEntries(changed);
};

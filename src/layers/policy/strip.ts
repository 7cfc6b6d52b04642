import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import type { Veil } from './veil.ts';

type Strip = (value: JsonValue, veil: Veil) => JsonValue;

const namesOf = (item: JsonValue): readonly string[] => {
  if (typeof item === 'string') return [item];
  if (!isJsonObject(item) || typeof item['name'] !== 'string') return [];
  // A filter goes by the parameters of its links as well.
  const { name, parameters } = item;
  return [name, ...(Array.isArray(parameters) ? parameters.flatMap(namesOf) : [])];
};

const isEmptyList = (value: JsonValue): boolean => Array.isArray(value) && value.length === 0;

/** Names, things with a name, or an object keyed by names, without those that are hidden. */
const byName: Strip = (value, veil) => {
  if (Array.isArray(value))
    return value
      .filter((item) => !namesOf(item).some(veil.hides))
      .map((item) => (Array.isArray(item) ? byName(item, veil) : item))
      .filter((item) => !isEmptyList(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !veil.hides(name)));
};

const each =
  (strip: Strip): Strip =>
  (value, veil) =>
    Array.isArray(value) ? value.map((item) => strip(item, veil)) : strip(value, veil);

const inner: Strip = (value, veil) => (isJsonObject(value) ? stripped(value, veil) : value);

/** A list of inlines or of their changes, or errors by inline. */
const inlines: Strip = (value, veil) => {
  const entries = (list: readonly (readonly [string, JsonValue])[]) =>
    list.flatMap(([name, item]) => {
      const own = isJsonObject(item) ? item : {};
      const below = veil.inline({ ...own, name });
      return below === undefined ? [] : [[name, inner(item, below)] as const];
    });
  if (Array.isArray(value))
    return entries(
      value.map((item) => {
        const { name, inline } = isJsonObject(item) ? item : {};
        return [String(name ?? inline), item];
      }),
    ).map(([, item]) => item);
  return isJsonObject(value) ? Object.fromEntries(entries(Object.entries(value))) : value;
};

/** The rows of an inline; no value of a field looks like them. */
const isRows = (value: JsonValue): value is JsonValue[] =>
  Array.isArray(value) && value.every((item) => isJsonObject(item) && 'fields' in item);

/** A field's value or an inline's rows, by a name that may be of either. */
const value = (name: string, label: JsonValue, given: JsonValue, veil: Veil) => {
  if (veil.hides(name)) return undefined;
  if (!isRows(given)) return { given };
  const below = veil.inline({ name, label });
  return below === undefined ? undefined : { given: given.map((row) => inner(row, below)) };
};

/** What changed on saving: fields and inlines as they are now. */
const valuesByName: Strip = (values, veil) =>
  isJsonObject(values)
    ? Object.fromEntries(
        Object.entries(values).flatMap(([name, item]) => {
          const kept = value(name, null, item, veil);
          return kept === undefined ? [] : [[name, kept.given] as const];
        }),
      )
    : byName(values, veil);

/** What is not as it was read: `{name, label, now}` of fields and inlines. */
const changed: Strip = (list, veil) =>
  Array.isArray(list)
    ? list.flatMap((item): JsonValue[] => {
        if (!isJsonObject(item)) return [item];
        const { name, label = null, now } = item;
        const kept = value(String(name), label, now ?? null, veil);
        if (kept === undefined) return [];
        return [now === undefined ? item : { ...item, now: kept.given }];
      })
    : list;

/** Errors by field: those of inlines by prefix, or as `lines.0.note`, `inlines.lines`. */
const errorFields = (fields: JsonObject, veil: Veil): JsonObject => {
  const kept = Object.entries(fields).flatMap(([name, value]) => {
    if (name === 'inlines') return [[name, inlines(value, veil)] as const];
    const parts = name.split('.');
    const [prefix = '', ...rest] = parts[0] === 'inlines' ? parts.slice(1) : parts;
    if (parts.length === 1) return veil.hides(name) ? [] : [[name, value] as const];
    const below = veil.inline({ name: prefix });
    return below === undefined || below.hides(rest.at(-1) ?? '') ? [] : [[name, value] as const];
  });
  const isCut = kept.length < Object.keys(fields).length;
  const said = isCut
    ? { '': ['The admin also refuses a field that this gateway does not serve.'] }
    : {};
  return { ...said, ...Object.fromEntries(kept) };
};

/** Our own suggestions ("Did you mean …") without what is hidden. */
const hintText = (text: string, veil: Veil): string =>
  text
    .replace(/ ?Did you mean "([^"]*)"\?/g, (all, name) => (veil.hides(name) ? '' : all))
    .replace(/Known: ([^."]*)\./g, (_, list: string) => {
      const known = list.split(', ').filter((name) => !veil.hides(name));
      return known.length === 0 ? '' : `Known: ${known.join(', ')}.`;
    });

const hints: Strip = (value, veil) => {
  if (typeof value === 'string') return hintText(value, veil);
  if (Array.isArray(value)) return value.map((item) => hints(item, veil));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hints(item, veil)]));
};

/** An error's facts, as an answer or a `GatewayError` has them. */
export const strippedError = (error: JsonObject, veil: Veil): JsonObject => {
  const { fields } = error;
  const body = stripped(error, veil);
  const all = isJsonObject(fields) ? { ...body, fields: errorFields(fields, veil) } : body;
  return hints(all, veil) as JsonObject;
};

const isChosenBy = (field: JsonValue | undefined, { hides }: Veil): boolean =>
  typeof field === 'string' && hides(field);

/** What to do with the parts of a body, wherever they stand. Values of fields are never looked into. */
const parts: Readonly<Record<string, Strip>> = {
  fields: byName,
  field_rows: byName,
  raw: byName,
  columns: byName,
  filters: byName,
  known_filters: byName,
  sortable: byName,
  editable: byName,
  search_fields: byName,
  list_display_links: byName,
  prepopulated_fields: (given, veil) => {
    const kept = byName(given, veil);
    if (!isJsonObject(kept)) return kept;
    return Object.fromEntries(
      Object.entries(kept).map(([name, sources]) => [name, byName(sources, veil)]),
    );
  },
  adjusted: byName,
  also_changed: valuesByName,
  changes: byName,
  changed,
  now: byName,
  errors: (value, veil) => (isJsonObject(value) ? errorFields(value, veil) : value),
  fieldsets: (value, veil) => {
    const kept = each(inner)(value, veil);
    return Array.isArray(kept)
      ? kept.filter((item) => !isJsonObject(item) || !isEmptyList(item['fields'] ?? null))
      : kept;
  },
  inlines,
  results: each(inner),
  rows: each(inner),
  objects: each(inner),
  conflicts: each(inner),
  preview: inner,
  error: (value, veil) => (isJsonObject(value) ? strippedError(value, veil) : value),
  date_hierarchy: (value, veil) =>
    isJsonObject(value) && isChosenBy(value['field'], veil) ? null : value,
};

/** A body without the fields and inlines that are hidden. */
export const stripped = (body: JsonObject, veil: Veil): JsonObject =>
  Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      key in parts ? (parts[key] as Strip)(value, veil) : value,
    ]),
  );

import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { likelyModels } from './names.ts';
import type { Veil } from './veil.ts';

const withheld = '(Left out: this gateway does not serve all that it names.)';

/** What the log may name: Django writes the labels of fields and the names of inlines into it. */
interface Sayings {
  /** Labels of hidden fields, in lower case. */
  readonly labels: readonly string[];
  /** Likely names of inlines that are served, with the labels that are hidden in them. */
  readonly inlines: ReadonlyMap<string, readonly string[]>;
  /** Some inline, or some field of one, is hidden. */
  readonly hidesRows: boolean;
}

const labelIn = (item: JsonValue): string =>
  isJsonObject(item) ? String(item['label'] ?? '').toLowerCase() : '';

/** @param object as `retrieve` shows it */
const sayingsOf = (object: JsonObject, veil: Veil): Sayings => {
  const fields = isJsonObject(object['fields']) ? object['fields'] : {};
  const inlines = (Array.isArray(object['inlines']) ? object['inlines'] : []).filter(isJsonObject);
  const served = new Map<string, readonly string[]>();
  let hidesRows = false;
  for (const inline of inlines) {
    const below = veil.inline(inline);
    const labels = (Array.isArray(inline['fields']) ? inline['fields'] : [])
      .filter((field) => isJsonObject(field) && below?.hides(String(field['name'])))
      .map(labelIn);
    hidesRows ||= below === undefined || labels.length > 0;
    if (below !== undefined)
      for (const name of likelyModels(labelIn(inline))) served.set(name, labels);
  }
  return {
    labels: Object.entries(fields)
      .filter(([name]) => veil.hides(name))
      .map(([name, field]) => labelIn(field) || name),
    inlines: served,
    hidesRows,
  };
};

const withoutLabels = (change: JsonObject, labels: readonly string[]): JsonObject => {
  const { fields } = change;
  if (!Array.isArray(fields)) return change;
  return {
    ...change,
    fields: fields.filter((label) => !labels.includes(String(label).toLowerCase())),
  };
};

/** `{"changed": {"fields": […]}}`, or of an inline's row `{"added": {"name", "object"}}`. */
const servedChange = (item: JsonValue, sayings: Sayings): JsonValue | undefined => {
  if (!isJsonObject(item)) return item;
  const entries = Object.entries(item).flatMap(([verb, change]): [string, JsonValue][] => {
    if (!isJsonObject(change)) return [[verb, change]];
    const { name } = change;
    if (name === undefined) return [[verb, withoutLabels(change, sayings.labels)]];
    const labels = likelyModels(String(name)).flatMap((each) => sayings.inlines.get(each) ?? []);
    const isServed = likelyModels(String(name)).some((each) => sayings.inlines.has(each));
    return isServed ? [[verb, withoutLabels(change, labels)]] : [];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** Django quotes the names of objects in its log, in every language. */
const quotes = /[“”„«»"‘’「」]/;

const servedEntry = (entry: JsonObject, sayings: Sayings): JsonObject => {
  const { change_message_human: human, change_message_structured: structured } = entry;
  const text = String(human).toLowerCase();
  const changes = Array.isArray(structured)
    ? structured.flatMap((item) => servedChange(item, sayings) ?? [])
    : null;
  const isCut =
    changes === null
      ? sayings.hidesRows && quotes.test(text)
      : JSON.stringify(changes) !== JSON.stringify(structured);
  const isTold = !isCut && !sayings.labels.some((label) => text.includes(label));
  return {
    ...entry,
    change_message_human: isTold ? (human ?? '') : withheld,
    change_message_structured: changes,
  };
};

/**
 * A log without the names of hidden fields and the objects of inlines that are not served.
 *
 * @param object the object as `retrieve` shows it; without it no message can be judged
 */
export const servedHistory = (
  body: JsonObject,
  object: JsonObject | undefined,
  veil: Veil,
): JsonObject => {
  const sayings = object === undefined ? undefined : sayingsOf(object, veil);
  const entries = (Array.isArray(body['entries']) ? body['entries'] : []).filter(isJsonObject);
  return {
    ...body,
    entries: entries.map((entry) =>
      sayings === undefined
        ? { ...entry, change_message_human: withheld, change_message_structured: null }
        : servedEntry(entry, sayings),
    ),
  };
};

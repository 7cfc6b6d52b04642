import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { makeVisible } from '../../operations/visible-text.ts';

/** Longest label or value shown in a question, in characters. */
const maxTextLength = 80;
/** Longest text of a page of the admin shown in a question, in characters. */
const maxPageLength = 600;
/** Most labels, models or values that a question lists. */
export const maxListed = 10;

const shortened = (text: string, max: number): string => {
  const letters = [...text];
  return letters.length > max ? `${letters.slice(0, max).join('')}…` : text;
};

const inQuotes = (text: string, max: number): string =>
  JSON.stringify(
    shortened(
      makeVisible(text)
        .replace(/[ \t\r\n]+/g, ' ')
        .trim(),
      max,
    ),
  );

/** Text of a record: in quotes that it cannot leave, on one line, with nothing invisible in it. */
export const quoted = (text: JsonValue | undefined): string =>
  inQuotes(typeof text === 'string' ? text : JSON.stringify(text ?? null), maxTextLength);

/** The text of a page of the admin, such as the one that an action shows. */
export const quotedPage = (text: string): string => inQuotes(text, maxPageLength);

/** "a", "b" and 3 more */
export const listed = (items: readonly string[], total = items.length): string => {
  const shown = items.slice(0, maxListed);
  const more = total - shown.length;
  return `${shown.join(', ')}${more > 0 ? `${shown.length > 0 ? ' and ' : ''}${more} more` : ''}`;
};

export const lines = (...each: readonly string[]): string =>
  each.filter((line) => line !== '').join('\n');

interface ModelRef {
  readonly app_label: string;
  readonly model_name: string;
}

export const modelWords = ({ app_label, model_name }: ModelRef): string =>
  `${app_label}.${model_name}`;

/** sales.order "Order 7" (key "7") */
export const objectWords = (
  ref: ModelRef & { readonly pk: string },
  label: JsonValue | undefined,
): string => `${modelWords(ref)} ${quoted(label ?? ref.pk)} (key ${quoted(ref.pk)})`;

/** How many of which model; empty where the admin does not say. */
export const cascadeWords = (cascade: JsonValue | undefined): string => {
  if (!Array.isArray(cascade) || cascade.length === 0) return '';
  const counts = cascade
    .filter(isJsonObject)
    .map(({ model, count }) => `${Number(count)} × ${quoted(model)}`);
  return `In all this deletes ${listed(counts)}.`;
};

/** Names that say of a value that nobody should see it. */
const secretName = /password|secret|token|key|hash/i;

/** reason = "late", notify = true */
export const valuesWords = (values: JsonObject): string =>
  listed(
    Object.entries(values).map(
      ([name, value]) =>
        `${quoted(name)} = ${secretName.test(name) ? '(not shown)' : quoted(value)}`,
    ),
  );

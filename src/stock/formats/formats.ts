import { isJsonObject, type JsonObject } from '../../operations/json.ts';

/** How a site writes dates, times and numbers for this user, from `{base}jsi18n/`. */
export interface Formats {
  /** In the letters of Django's `date` filter: `N j, Y`. */
  readonly dateFormat: string;
  readonly timeFormat: string;
  readonly dateTimeFormat: string;
  readonly decimalSeparator: string;
  readonly thousandSeparator: string;
  /** Names of January to December, full and short, in lower case; English ones included. */
  readonly months: readonly (readonly string[])[];
  readonly noon: readonly string[];
  readonly midnight: readonly string[];
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** What gettext puts between a message's context and the message. */
const contextEnd = String.fromCharCode(4);

/** Largest script looked at, in characters; Django's are 3 to 14 KB. */
const maxScriptLength = 512 * 1024;

/** The JSON object that starts at the first brace after `marker`; strings may hold braces. */
const objectAfter = (text: string, marker: RegExp): JsonObject | undefined => {
  const found = marker.exec(text);
  const start = found === null ? -1 : text.indexOf('{', found.index);
  if (start === -1) return undefined;
  let depth = 0;
  for (const token of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (token[0] === '{') depth++;
    if (token[0] === '}') depth--;
    if (depth > 0) continue;
    try {
      const value: unknown = JSON.parse(text.slice(start, start + token.index + 1));
      return isJsonObject(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
};

const textOf = (values: JsonObject, name: string, fallback: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : fallback;
};

const translations = (catalogue: JsonObject, ids: readonly string[]): string[] => {
  const found = ids.flatMap((id) => {
    const value = catalogue[id];
    const text = Array.isArray(value) ? value[0] : value;
    return typeof text === 'string' && text !== '' ? [text] : [];
  });
  return [
    ...new Set(
      [...found, ...ids.map((id) => id.split(contextEnd).at(-1) ?? id)].map((text) =>
        text.toLowerCase(),
      ),
    ),
  ];
};

/**
 * Reads Django's JavaScript catalogue as text; nothing of it is run. `django.formats` holds the
 * formats in effect (under `USE_L10N = False` as well), `newcatalog` the translations that the
 * admin's calendar uses, month names among them. Null where the text is no such script.
 */
export const parseFormats = (script: string): Formats | null => {
  const text = script.slice(0, maxScriptLength);
  const formats = objectAfter(text, /django\.formats\s*=\s*\{/);
  if (formats === undefined) return null;
  const catalogue = objectAfter(text, /newcatalog\s*=\s*\{/) ?? {};
  return {
    dateFormat: textOf(formats, 'DATE_FORMAT', 'N j, Y'),
    timeFormat: textOf(formats, 'TIME_FORMAT', 'P'),
    dateTimeFormat: textOf(formats, 'DATETIME_FORMAT', 'N j, Y, P'),
    decimalSeparator: textOf(formats, 'DECIMAL_SEPARATOR', '.'),
    thousandSeparator: textOf(formats, 'THOUSAND_SEPARATOR', ','),
    months: monthNames.map((name) =>
      translations(catalogue, [name, `abbrev. month ${name}${contextEnd}${name.slice(0, 3)}`]),
    ),
    noon: translations(catalogue, ['Noon']),
    midnight: translations(catalogue, ['Midnight']),
  };
};

import type { JsonValue } from '../../operations/json.ts';
import { jsonInteger } from '../../operations/json-exact.ts';
import type { FieldType } from '../pages/types/field.ts';
import type { Formats } from './formats.ts';
import { isAfternoon } from './halves.ts';
import { isDate, isTime, writeDate } from './iso.ts';
import { monthOf } from './months.ts';

/** What each letter of Django's `date` filter may look like; the group is named for the letter. */
const letterPatterns: Readonly<Record<string, string>> = {
  d: '\\d{2}',
  j: '\\d{1,2}',
  m: '\\d{2}',
  n: '\\d{1,2}',
  Y: '\\d{4}',
  y: '\\d{2}',
  F: '\\D+?',
  E: '\\D+?',
  N: '\\D+?',
  M: '\\D+?',
  b: '\\D+?',
  P: '.+',
  H: '\\d{2}',
  G: '\\d{1,2}',
  h: '\\d{2}',
  g: '\\d{1,2}',
  i: '\\d{2}',
  s: '\\d{2}',
  a: '\\D+',
  A: '\\D+',
};

/** Letters that say nothing needed: weekdays, ordinal suffixes, zones. */
const ignored = new Set(['D', 'l', 'S', 'w', 'e', 'T', 'O']);

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const patterns = new Map<string, RegExp>();

/** A regular expression for one of Django's formats; `\` in a format escapes the letter after it. */
const patternOf = (format: string): RegExp => {
  const known = patterns.get(format);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  let source = '';
  for (const [, escaped, letter = ''] of format.matchAll(/\\(.)|(.)/gsu)) {
    const pattern = letterPatterns[letter];
    if (escaped !== undefined) source += escapeRegExp(escaped);
    else if (pattern !== undefined)
      source += seen.has(letter) ? `(?:${pattern})` : `(?<${letter}>${pattern})`;
    else if (ignored.has(letter)) source += '\\D*?';
    else source += /\s/.test(letter) ? '\\s*' : escapeRegExp(letter);
    seen.add(letter);
  }
  const made = new RegExp(`^\\s*${source}\\s*$`, 'su');
  // Formats come from a handful of sites and languages; the bound is for safety only.
  if (patterns.size > 500) patterns.clear();
  patterns.set(format, made);
  return made;
};

type Groups = Readonly<Record<string, string | undefined>>;

const match = (format: string, text: string): Groups | undefined =>
  patternOf(format).exec(text)?.groups;

const dateIn = (groups: Groups, formats: Formats): string | undefined => {
  const name = groups['F'] ?? groups['E'] ?? groups['N'] ?? groups['M'] ?? groups['b'];
  const month =
    name === undefined ? Number(groups['m'] ?? groups['n']) : monthOf(name, formats.months);
  const year = groups['Y'] ?? (groups['y'] === undefined ? undefined : `20${groups['y']}`);
  const parts = { year: Number(year), month: month ?? 0, day: Number(groups['d'] ?? groups['j']) };
  return isDate(parts) ? writeDate(parts) : undefined;
};

const isTwelve = (hour: number): boolean => hour >= 1 && hour <= 12;

const twelveHours = (hour: number, afternoon: boolean): number =>
  (hour % 12) + (afternoon ? 12 : 0);

/** `P`: "3 p.m.", "3:07 p.m.", "noon", "midnight". */
const properTime = (
  text: string,
  formats: Formats,
): { hour: number; minute: number } | undefined => {
  const bare = text.trim();
  const lower = bare.toLowerCase();
  if (formats.noon.includes(lower)) return { hour: 12, minute: 0 };
  if (formats.midnight.includes(lower)) return { hour: 0, minute: 0 };
  const [, hour, minute, half = ''] = /^(\d{1,2})(?:[:.](\d{2}))?\s*(\D+)$/.exec(bare) ?? [];
  const afternoon = isAfternoon(half.trim());
  if (afternoon === undefined || !isTwelve(Number(hour))) return undefined;
  return { hour: twelveHours(Number(hour), afternoon), minute: Number(minute ?? 0) };
};

const two = (value: number): string => String(value).padStart(2, '0');

/** To the minute, or the second where the format has it: no more than was shown. */
const timeIn = (groups: Groups, formats: Formats): string | undefined => {
  const { P: proper, s: second } = groups;
  const half = groups['a'] ?? groups['A'];
  const afternoon = half === undefined ? undefined : isAfternoon(half.trim());
  if (half !== undefined && afternoon === undefined) return undefined;
  const hour = Number(groups['H'] ?? groups['G'] ?? groups['h'] ?? groups['g']);
  const clock =
    proper === undefined
      ? {
          hour: afternoon === undefined ? hour : twelveHours(hour, afternoon),
          minute: Number(groups['i'] ?? 0),
        }
      : properTime(proper, formats);
  if (clock === undefined || !isTime({ ...clock, second: Number(second ?? 0), microsecond: 0 }))
    return undefined;
  return `${two(clock.hour)}:${two(clock.minute)}${second === undefined ? '' : `:${second}`}`;
};

/** A date as a list or a read-only field shows it, as ISO; undefined where it is none. */
export const parseShownDate = (text: string, formats: Formats): string | undefined => {
  const groups = match(formats.dateFormat, text);
  return groups && dateIn(groups, formats);
};

export const parseShownTime = (text: string, formats: Formats): string | undefined => {
  const groups = match(formats.timeFormat, text);
  return groups && timeIn(groups, formats);
};

/** `2024-03-01T15:07`: naive, in the server's zone, as precise as shown. */
export const parseShownDateTime = (text: string, formats: Formats): string | undefined => {
  const groups = match(formats.dateTimeFormat, text);
  const date = groups && dateIn(groups, formats);
  const time = groups && timeIn(groups, formats);
  return date === undefined || time === undefined ? undefined : `${date}T${time}`;
};

const withoutGroups = (text: string, separator: string): string =>
  separator === '' ? text : text.split(/^\s$/.test(separator) ? /\s/ : separator).join('');

/** A number as shown, as `-1234.5`; undefined where it is none. */
export const parseShownDecimal = (text: string, formats: Formats): string | undefined => {
  const plain = withoutGroups(text.trim().replace('\u2212', '-'), formats.thousandSeparator);
  const dotted =
    formats.decimalSeparator === '.' ? plain : plain.replace(formats.decimalSeparator, '.');
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(dotted) ? dotted : undefined;
};

const parsers: Partial<
  Record<FieldType, (text: string, formats: Formats) => JsonValue | undefined>
> = {
  date: parseShownDate,
  time: parseShownTime,
  datetime: parseShownDateTime,
  decimal: parseShownDecimal,
  float: (text, formats) => {
    const number = parseShownDecimal(text, formats);
    return number === undefined ? undefined : Number(number);
  },
  integer: (text, formats) => {
    const number = parseShownDecimal(text, formats);
    return number !== undefined && /^-?\d+$/.test(number) ? jsonInteger(number) : undefined;
  },
};

/**
 * A shown text as the machine value of its type. Undefined where the type is not one that is
 * shown by format, or the text does not fit it ("-" may be an empty value or data): then the
 * text is all that is known.
 */
export const parseShown = (
  text: string,
  type: FieldType,
  formats: Formats,
): JsonValue | undefined => parsers[type]?.(text, formats);

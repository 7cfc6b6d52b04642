import { isDate, isTime, writeDate, writeTime } from './iso.ts';

/**
 * A date as a form shows it, as ISO. Over all 100 locales of Django 3.2-6.1 the first input
 * format is year-first (62) or day-first (38), never month-first; so a leading four-digit
 * number is the year and anything else the day. Undefined where the text is no such date.
 */
export const inputDate = (text: string): string | undefined => {
  const match = /^\D*(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})\D*$/.exec(text);
  if (match === null) return undefined;
  const [, first = '', second = '', third = ''] = match;
  const isYearFirst = first.length === 4;
  if (!isYearFirst && third.length !== 4) return undefined;
  const parts = {
    year: Number(isYearFirst ? first : third),
    month: Number(second),
    day: Number(isYearFirst ? third : first),
  };
  return isDate(parts) ? writeDate(parts) : undefined;
};

/** A time as a form shows it (`14:30:00`, `14.30`), as ISO with seconds. */
export const inputTime = (text: string): string | undefined => {
  const match = /^\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,6}))?)?\s*$/.exec(text);
  if (match === null) return undefined;
  const parts = {
    hour: Number(match[1]),
    minute: Number(match[2]),
    second: Number(match[3] ?? 0),
    microsecond: Number((match[4] ?? '').padEnd(6, '0')),
  };
  return isTime(parts) ? writeTime(parts) : undefined;
};

/** Whether a time was shown without seconds; posting it back would drop the stored ones. */
export const lacksSeconds = (text: string): boolean => /^\s*\d{1,2}[:.]\d{2}\s*$/.test(text);

import type { JsonValue } from '../../operations/json.ts';
import {
  parseIsoDate,
  parseIsoDateTime,
  parseIsoTime,
  writeDate,
  writeTime,
} from '../formats/iso.ts';
import { type Refused, refuse } from './patch-values.ts';
import { inZone } from './zoned.ts';

/** Django reads ISO in every locale, whatever the page shows. */
export const dateText = (value: JsonValue): string | Refused => {
  const date = typeof value === 'string' ? parseIsoDate(value) : undefined;
  return date === undefined ? refuse('Give a date as 2024-12-31.') : writeDate(date);
};

export const timeText = (value: JsonValue): string | Refused => {
  const time = typeof value === 'string' ? parseIsoTime(value) : undefined;
  return time === undefined ? refuse('Give a time as 23:59:59.') : writeTime(time);
};

/** The two texts of a date-time. One with a zone needs the server's own zone to be known. */
export const dateTimeTexts = (
  value: JsonValue,
  timeZone: string | null,
): { readonly date: string; readonly time: string } | Refused => {
  const moment = typeof value === 'string' ? parseIsoDateTime(value) : undefined;
  if (moment === undefined) return refuse('Give a date and time as 2024-12-31T23:59:59.');
  if (moment.offsetMinutes === null) return moment;
  const local = timeZone === null ? undefined : inZone(moment, timeZone);
  return (
    local ??
    refuse("Give the time without a zone, in the server's own: its zone is not known here.")
  );
};

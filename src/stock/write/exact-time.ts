import type { FormField } from '../pages/types/field.ts';

/** Asks the database, through the changelist, whether the object matches all these look-ups. */
export type Ask = (
  lookups: readonly (readonly [name: string, value: string])[],
) => Promise<boolean | undefined>;

const microsPerSecond = 1_000_000;

interface Instant {
  /** `2024-01-17 ` for a date-time, nothing for a time. */
  readonly date: string;
  /** Microseconds since midnight of what the form shows. */
  readonly micros: number;
}

const parse = (value: string): Instant | undefined => {
  const [, date = '', hour, minute, second = '0'] =
    /^(?:(\d{4}-\d{2}-\d{2})T)?(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(value) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return { date: date === '' ? '' : `${date} `, micros: seconds * microsPerSecond };
};

const two = (value: number): string => String(value).padStart(2, '0');

const timeText = (micros: number): string => {
  const seconds = Math.floor(micros / microsPerSecond);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two);
  return `${clock.join(':')}.${String(micros % microsPerSecond).padStart(6, '0')}`;
};

/**
 * The stored time to the microsecond, which no page shows: by halving, with one request for
 * each bit (20 for a second, 26 for a minute where the site's language shows no seconds).
 * Undefined where the stored time is not within what the form shows.
 */
export const exactTime = async (
  { name, value }: FormField,
  ask: Ask,
): Promise<string | undefined> => {
  const shown = typeof value === 'string' ? parse(value) : undefined;
  if (shown === undefined) return undefined;
  const at = (micros: number): string => `${shown.date}${timeText(micros)}`;
  const endOfDay = 86_400 * microsPerSecond - 1;
  const isWithin = (length: number) => {
    const end = Math.min(shown.micros + length - 1, endOfDay);
    return ask([
      [`${name}__gte`, at(shown.micros)],
      [`${name}__lte`, at(end)],
    ]);
  };
  const isWhole = shown.micros % (60 * microsPerSecond) === 0;
  let length = microsPerSecond;
  if ((await isWithin(length)) !== true) {
    length = 60 * microsPerSecond;
    if (!isWhole || (await isWithin(length)) !== true) return undefined;
  }
  let low = shown.micros;
  let high = low + length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const isAbove = await ask([[`${name}__gte`, at(middle)]]);
    if (isAbove === undefined) return undefined;
    if (isAbove) low = middle;
    else high = middle;
  }
  return (await ask([[`${name}__exact`, at(low)]])) === true ? timeText(low) : undefined;
};

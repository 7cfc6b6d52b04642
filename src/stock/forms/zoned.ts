import type { IsoDateTime } from '../formats/iso.ts';

const pad = (text: string | undefined): string => (text ?? '').padStart(2, '0');

/**
 * The wall clock of `zone` (an IANA name) at a moment given with its own offset; undefined
 * where the zone is not known to this machine.
 */
export const inZone = (
  moment: IsoDateTime,
  zone: string,
): { date: string; time: string } | undefined => {
  const instant =
    Date.parse(`${moment.date}T${moment.time.slice(0, 8)}Z`) - (moment.offsetMinutes ?? 0) * 60_000;
  try {
    const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(instant);
    const named = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
    const date = `${(named['year'] ?? '').padStart(4, '0')}-${pad(named['month'])}-${pad(named['day'])}`;
    const clock = `${pad(named['hour'])}:${pad(named['minute'])}:${pad(named['second'])}`;
    return { date, time: `${clock}${moment.time.slice(8)}` };
  } catch {
    return undefined;
  }
};

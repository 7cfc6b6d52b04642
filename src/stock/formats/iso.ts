/** Calendar fields of a date. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

export const isDate = ({ year, month, day }: DateParts): boolean => {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
};

export const isTime = ({ hour, minute, second }: TimeParts): boolean =>
  hour < 24 && minute < 60 && second < 60;

export const writeDate = ({ year, month, day }: DateParts): string =>
  `${pad(year, 4)}-${pad(month)}-${pad(day)}`;

/** `HH:MM:SS`, and `.ffffff` where there are microseconds. */
export const writeTime = ({ hour, minute, second, microsecond }: TimeParts): string =>
  `${pad(hour)}:${pad(minute)}:${pad(second)}${microsecond === 0 ? '' : `.${pad(microsecond, 6)}`}`;

const microseconds = (digits: string | undefined): number =>
  digits === undefined ? 0 : Number(digits.padEnd(6, '0').slice(0, 6));

const isoTime = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?$/;

export const parseIsoDate = (text: string): DateParts | undefined => {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (match === null) return undefined;
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isDate(parts) ? parts : undefined;
};

export const parseIsoTime = (text: string): TimeParts | undefined => {
  const match = isoTime.exec(text.trim());
  if (match === null) return undefined;
  const parts = {
    hour: Number(match[1]),
    minute: Number(match[2]),
    second: Number(match[3] ?? 0),
    microsecond: microseconds(match[4]),
  };
  return isTime(parts) ? parts : undefined;
};

export interface IsoDateTime {
  readonly date: string;
  readonly time: string;
  /** Minutes east of UTC; null where the text names no zone. */
  readonly offsetMinutes: number | null;
}

const zone = /(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})$/i;

const offsetOf = (text: string): number => {
  if (/^z$/i.test(text)) return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
};

/** `2024-05-01T12:30:00.5+02:00` and its shorter forms, with a space for the T as well. */
export const parseIsoDateTime = (text: string): IsoDateTime | undefined => {
  const [, dateText = '', rest = ''] = /^(\S+?)[T ]\s*(.+)$/i.exec(text.trim()) ?? [];
  const date = parseIsoDate(dateText);
  const found = zone.exec(rest)?.[0];
  const time = parseIsoTime((found === undefined ? rest : rest.slice(0, -found.length)).trim());
  if (date === undefined || time === undefined) return undefined;
  return {
    date: writeDate(date),
    time: writeTime(time),
    offsetMinutes: found === undefined ? null : offsetOf(found),
  };
};

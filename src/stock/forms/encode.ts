import type { JsonValue } from '../../operations/json.ts';
import type { FormField } from '../pages/types/field.ts';
import { choiceText, choiceTexts } from './encode-choices.ts';
import { dateText, dateTimeTexts, timeText } from './encode-dates.ts';
import { fileChange } from './encode-file.ts';
import {
  isRefused,
  jsonText,
  keyText,
  numberText,
  type Refused,
  refuse,
  scalarText,
} from './patch-values.ts';
import type { Control, FormFile } from './types.ts';

/** What to post for one field: values by control name, and maybe a file. */
export interface Encoded {
  readonly values: readonly (readonly [name: string, values: readonly string[]])[];
  readonly file?: FormFile;
}

export interface EncodeOptions {
  /** IANA name of the server's zone, where known: then date-times may come with an offset. */
  readonly timeZone: string | null;
}

type Encoder = (
  field: FormField,
  name: string,
  value: JsonValue,
  controls: readonly Control[],
  options: EncodeOptions,
) => Encoded | Refused;

const one = (name: string, text: string | Refused): Encoded | Refused =>
  isRefused(text) ? text : { values: [[name, [text]]] };

/** Null and the blank text empty a field. */
const orBlank = (
  value: JsonValue,
  write: (value: JsonValue) => string | Refused,
): string | Refused => (value === null || value === '' ? '' : write(value));

const encodeText: Encoder = (field, name, value) => {
  if (field.type === 'json') return one(name, value === '' ? '' : jsonText(value));
  return one(name, orBlank(value, scalarText));
};

const encodeNumber: Encoder = (field, name, value) =>
  one(
    name,
    orBlank(value, (given) => numberText(given, field.type === 'integer')),
  );

const encodeDateTime: Encoder = (field, name, value, _controls, { timeZone }) => {
  const isSplit = field.widget.kind === 'split-datetime';
  const texts =
    value === null || value === '' ? { date: '', time: '' } : dateTimeTexts(value, timeZone);
  if (isRefused(texts)) return texts;
  const { date, time } = texts;
  return isSplit
    ? {
        values: [
          [`${name}_0`, [date]],
          [`${name}_1`, [time]],
        ],
      }
    : { values: [[name, [date === '' ? '' : `${date}T${time}`]]] };
};

const encodeSelectDate: Encoder = (_field, name, value) => {
  const text = orBlank(value, dateText);
  if (isRefused(text)) return text;
  const [year = '', month = '', day = ''] = text.split('-').map((part) => part.replace(/^0+/, ''));
  return {
    values: [
      [`${name}_year`, [year]],
      [`${name}_month`, [month]],
      [`${name}_day`, [day]],
    ],
  };
};

/** An unchecked box is left out: any value at all, "0" and "off" too, means true to Django. */
const encodeCheckbox: Encoder = (_field, name, value, controls) => {
  if (typeof value !== 'boolean') return refuse('Give true or false.');
  const on = controls.find((control) => control.name === name)?.value ?? 'on';
  return { values: [[name, value ? [on] : []]] };
};

const encodeChoice: Encoder = (field, name, value) => one(name, choiceText(field, value));

const encodeChoices: Encoder = (field, name, value) => {
  const texts = choiceTexts(field, value);
  return isRefused(texts) ? texts : { values: [[name, texts]] };
};

/** Raw ids of several objects are one text with commas. */
const encodeRawId: Encoder = (field, name, value) => {
  if (field.type !== 'manytomany') return one(name, orBlank(value, keyText));
  if (value === null) return one(name, '');
  if (!Array.isArray(value)) return refuse('Give a list of keys.');
  const keys = value.map(keyText);
  const bad = keys.find((key) => isRefused(key) || key.includes(','));
  if (bad !== undefined) return isRefused(bad) ? bad : refuse('Give keys without commas.');
  return one(name, keys.join(','));
};

const encodeFile: Encoder = (field, name, value) => {
  const change = fileChange(field, value);
  if (isRefused(change)) return change;
  if ('clear' in change) return { values: field.clearable ? [[`${name}-clear`, ['on']]] : [] };
  return { values: [], file: { ...change.file, field: name } };
};

/** A widget of the project's own: only its several texts can be set, in their order. */
const encodeCustom: Encoder = (_field, name, value, controls) => {
  const parts = controls.filter((control) => control.name.replace(/_\d+$/, '') === name);
  const names = [...new Set(parts.map((control) => control.name))];
  if (!Array.isArray(value) || value.length !== names.length)
    return refuse(`Give a list of ${names.length} texts.`);
  const values: [string, string[]][] = [];
  for (const [i, part] of names.entries()) {
    const text = orBlank(value[i] ?? null, scalarText);
    if (isRefused(text)) return text;
    values.push([part, [text]]);
  }
  return { values };
};

const encoders = {
  text: encodeText,
  email: encodeText,
  url: encodeText,
  password: encodeText,
  hidden: encodeText,
  textarea: encodeText,
  number: encodeNumber,
  date: (_field, name, value) => one(name, orBlank(value, dateText)),
  time: (_field, name, value) => one(name, orBlank(value, timeText)),
  datetime: encodeDateTime,
  'split-datetime': encodeDateTime,
  'select-date': encodeSelectDate,
  checkbox: encodeCheckbox,
  select: encodeChoice,
  radio: encodeChoice,
  autocomplete: encodeChoice,
  'select-multiple': encodeChoices,
  'checkbox-multiple': encodeChoices,
  'autocomplete-multiple': encodeChoices,
  shuttle: encodeChoices,
  'raw-id': encodeRawId,
  file: encodeFile,
  custom: encodeCustom,
} as const satisfies Record<FormField['widget']['kind'], Encoder>;

/**
 * What a browser would post if a person set this field to this value. `name` is the base name
 * of its controls: `field.controlName`, or that of another row of the same formset.
 */
export const encodeField = (
  field: FormField,
  name: string,
  value: JsonValue,
  controls: readonly Control[],
  options: EncodeOptions,
): Encoded | Refused =>
  field.readonly || field.controlName === null
    ? refuse('It is read-only here.')
    : encoders[field.widget.kind](field, name, value, controls, options);

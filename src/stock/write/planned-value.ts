import { isJsonObject, type JsonValue } from '../../operations/json.ts';
import { isDate, writeDate } from '../formats/iso.ts';
import type { Overlay } from '../forms/overlay.ts';
import type { FormFile } from '../forms/types.ts';
import { scalarValue } from '../pages/fields/value.ts';
import type { FormField } from '../pages/types/field.ts';

/** What is to be posted, by control. */
export interface Posted {
  readonly texts: (control: string) => readonly string[];
  readonly file: (control: string) => FormFile | undefined;
}

export const postedBy = ({ pairs, files }: Pick<Overlay, 'pairs' | 'files'>): Posted => {
  const texts = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = texts.get(name);
    if (known === undefined) texts.set(name, [value]);
    else known.push(value);
  }
  return {
    texts: (control) => texts.get(control) ?? [],
    file: (control) => files.find(({ field }) => field === control),
  };
};

/** What the form calls another object: among the choices, or where the field shows it now. */
const labelIn = ({ choices, value }: FormField, id: string): JsonValue => {
  const choice = choices?.find((each) => each.value === id);
  if (choice !== undefined) return choice.label;
  const shown = (Array.isArray(value) ? value : [value])
    .filter(isJsonObject)
    .find((each) => each['id'] === id);
  return shown?.['label'] ?? null;
};

const related = (field: FormField, id: string): JsonValue => ({ id, label: labelIn(field, id) });

const dateTime = (date: string, time: string): string | null =>
  date === '' && time === '' ? null : `${date}T${time}`;

const selectedDate = (base: string, { texts }: Posted): string | null => {
  const part = (suffix: string): number => Number(texts(`${base}_${suffix}`)[0] ?? 0);
  const parts = { year: part('year'), month: part('month'), day: part('day') };
  return isDate(parts) ? writeDate(parts) : null;
};

const plannedFile = (field: FormField, base: string, { texts, file }: Posted): JsonValue => {
  const given = file(base);
  if (given !== undefined) return { name: given.name, size: given.bytes.byteLength };
  return texts(`${base}-clear`).length > 0 ? null : field.value;
};

const plannedList = (field: FormField, posted: readonly string[]): JsonValue => {
  const texts = field.widget.kind === 'raw-id' ? (posted[0] ?? '').split(',') : posted;
  const keys = texts.map((text) => text.trim()).filter((text) => text !== '');
  return field.type === 'manytomany' ? keys.map((id) => related(field, id)) : keys;
};

const severalKinds = new Set([
  'select-multiple',
  'checkbox-multiple',
  'autocomplete-multiple',
  'shuttle',
]);

/** The value that a field would have, in the machine form of a form page. `base` names its controls. */
export const plannedValue = (field: FormField, base: string, posted: Posted): JsonValue => {
  const { type, widget } = field;
  const texts = posted.texts(base);
  const [text = ''] = texts;
  if (widget.kind === 'password') return null;
  if (widget.kind === 'file') return plannedFile(field, base, posted);
  if (widget.kind === 'checkbox') return texts.length > 0;
  if (widget.kind === 'select-date') return selectedDate(base, posted);
  if (widget.kind === 'split-datetime')
    return dateTime(posted.texts(`${base}_0`)[0] ?? '', posted.texts(`${base}_1`)[0] ?? '');
  if (severalKinds.has(widget.kind) || type === 'manytomany') return plannedList(field, texts);
  if (type === 'foreignkey') return text === '' ? null : related(field, text);
  if (type === 'choice') return text === '' ? null : text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : null;
  if (type === 'date' || type === 'time' || type === 'datetime') return text === '' ? null : text;
  if (widget.kind === 'custom')
    return Array.from({ length: 8 }, (_, i) => posted.texts(`${base}_${i}`)).flat();
  return scalarValue(text, type);
};

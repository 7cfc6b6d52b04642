import { isRequired, isTooLong } from '../../operations/plan.ts';
import type { FormField } from '../pages/types/field.ts';
import type { Posted } from './planned-value.ts';

const attrNumber = ({ widget }: FormField, name: string): number | undefined => {
  const text = widget.attrs[name];
  return typeof text === 'string' && text !== '' && Number.isFinite(Number(text))
    ? Number(text)
    : undefined;
};

const parts = ({ widget }: FormField, base: string): readonly string[] => {
  if (widget.kind === 'split-datetime') return [`${base}_0`, `${base}_1`];
  if (widget.kind === 'select-date') return [`${base}_year`, `${base}_month`, `${base}_day`];
  return [base];
};

const isBlank = (field: FormField, base: string, { texts, file }: Posted): boolean =>
  field.widget.kind === 'file'
    ? file(base) === undefined && field.value === null
    : parts(field, base).some((part) => texts(part).every((text) => text.trim() === ''));

/** Django counts characters, not the halves that UTF-16 makes of some. */
const lengthOf = (text: string): number => [...text].length;

const ofText = (field: FormField, text: string): string[] => {
  const least = attrNumber(field, 'minlength');
  const length = lengthOf(text.trim());
  if (field.maxLength !== null && length > field.maxLength) return [isTooLong(field.maxLength)];
  return least !== undefined && length < least ? [`It takes at least ${least} characters.`] : [];
};

const ofNumber = (field: FormField, text: string): string[] => {
  const least = attrNumber(field, 'min');
  const most = attrNumber(field, 'max');
  const number = Number(text);
  if (least !== undefined && number < least) return [`It must be at least ${least}.`];
  return most !== undefined && number > most ? [`It must be at most ${most}.`] : [];
};

/**
 * What the form's own controls say is wrong with what is to be posted, as a browser would
 * before it sends. The admin checks much more.
 */
export const knownErrors = (field: FormField, base: string, posted: Posted): readonly string[] => {
  if (field.widget.kind === 'custom') return [];
  if (isBlank(field, base, posted)) return field.required ? [isRequired] : [];
  const [text = ''] = posted.texts(base);
  if (field.widget.kind === 'number') return ofNumber(field, text);
  return field.choices === null && field.widget.kind !== 'file' ? ofText(field, text) : [];
};

import type { JsonValue } from '../../operations/json.ts';
import type { Choice, FormField } from '../pages/types/field.ts';
import { isRefused, keyText, type Refused, refuse } from './patch-values.ts';

/** Most choices listed in a refusal. */
const maxChoicesShown = 20;

const uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

const listed = (choices: readonly Choice[]): string => {
  const shown = choices.slice(0, maxChoicesShown).map(({ value }) => JSON.stringify(value));
  return `Give one of ${shown.join(', ')}${choices.length > shown.length ? ', …' : ''}.`;
};

/**
 * Autocomplete widgets hold only what is selected, so any key may be right; but a key of the
 * wrong shape makes Django answer 500 when it draws the form again (all versions).
 */
const wrongShape = (key: string, known: readonly Choice[]): Refused | undefined => {
  const values = known.map(({ value }) => value).filter((value) => value !== '');
  if (values.length === 0) return undefined;
  if (values.every((value) => uuid.test(value)) && !uuid.test(key))
    return refuse('Give a UUID, as this relation has them for keys.');
  if (values.every((value) => /^\d+$/.test(value)) && !/^\d+$/.test(key))
    return refuse('Give a number, as this relation has them for keys.');
  return undefined;
};

const isOpen = ({ widget }: FormField): boolean => widget.kind.startsWith('autocomplete');

const checked = (field: FormField, key: string): string | Refused => {
  const choices = field.choices ?? [];
  if (isOpen(field)) return wrongShape(key, choices) ?? key;
  return choices.some(({ value }) => value === key) ? key : refuse(listed(choices));
};

/** The value to post for a choice of one; `null` is the blank one, where there is one. */
export const choiceText = (field: FormField, value: JsonValue): string | Refused => {
  if (field.type === 'boolean') {
    if (value === null) return 'unknown';
    return typeof value === 'boolean' ? String(value) : refuse('Give true, false or null.');
  }
  if (value === null || value === '') {
    const hasBlank = isOpen(field) || field.choices?.some((choice) => choice.value === '') === true;
    return hasBlank ? '' : refuse(`It cannot be empty. ${listed(field.choices ?? [])}`);
  }
  const key = keyText(value);
  return isRefused(key) ? refuse(listed(field.choices ?? [])) : checked(field, key);
};

/** The values to post for a choice of several. */
export const choiceTexts = (field: FormField, value: JsonValue): string[] | Refused => {
  if (value === null) return [];
  if (!Array.isArray(value)) return refuse('Give a list.');
  const keys: string[] = [];
  for (const each of value) {
    const key = keyText(each);
    const text = isRefused(key) ? key : checked(field, key);
    if (isRefused(text)) return text;
    keys.push(text);
  }
  return [...new Set(keys)];
};

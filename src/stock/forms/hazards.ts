import type { FormField } from '../pages/types/field.ts';
import type { Control, Hazard } from './types.ts';

const texts = new Set(['text', 'email', 'url', 'textarea']);

const timed = new Set(['time', 'datetime', 'split-datetime']);

const hazardsOfField = (field: FormField, name: string, controls: readonly Control[]): Hazard[] => {
  const { kind } = field.widget;
  const own = controls.filter((control) => control.name === field.controlName);
  if (kind === 'password')
    return own.some((control) => !control.hasValue || control.value === '')
      ? [{ kind: 'password_wiped', field: name }]
      : [];
  if (timed.has(kind)) return field.value === null ? [] : [{ kind: 'precision', field: name }];
  const isPadded = own.some(({ value }) => value !== value.trim());
  return texts.has(kind) && field.type !== 'json' && isPadded
    ? [{ kind: 'whitespace', field: name }]
    : [];
};

/**
 * What posting these fields back untouched may do to them; see {@link Hazard}. A page cannot
 * tell whether a stored time has microseconds, so every shown time is named. `prefix` is put
 * before the names.
 */
export const findHazards = (
  fields: readonly FormField[],
  controls: readonly Control[],
  prefix = '',
): Hazard[] =>
  fields
    .filter((field) => !field.readonly && field.controlName !== null)
    .flatMap((field) => hazardsOfField(field, `${prefix}${field.name}`, controls));

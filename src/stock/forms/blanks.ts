import type { FormField } from '../pages/types/field.ts';
import type { Hazard } from './types.ts';

/** A field that shows nothing, of which posting it back makes either NULL or a blank text. */
export interface Blank {
  readonly name: string;
  /** What is lost where the column holds the other of the two. */
  readonly hazard: Extract<Hazard['kind'], 'blank_to_null' | 'null_to_blank'>;
}

const inputs = new Set(['text', 'email', 'url']);
const selects = new Set(['select', 'radio']);

/**
 * A `CharField` writes its length, or has none and the admin's own input for it. Another input is
 * that of a duration or an address, never blank in the database.
 */
const isText = ({ widget, type, maxLength, charInput }: FormField): boolean =>
  inputs.has(widget.kind) && type === 'string' && (maxLength !== null || charInput);

const isEditable = ({ readonly, controlName }: FormField): boolean =>
  !readonly && controlName !== null;

/** Fields that may be among the blank ones of another object of the model. */
export const textFields = (fields: readonly FormField[]): readonly string[] =>
  fields
    .filter(isEditable)
    .filter((field) => isText(field) || field.widget.kind === 'textarea')
    .map(({ name }) => name);

const hazardOf = (field: FormField): Blank['hazard'] | undefined => {
  const { widget, type, value } = field;
  if (isText(field) && value === '') return 'blank_to_null';
  if (selects.has(widget.kind) && type === 'choice' && value === null) return 'blank_to_null';
  if (widget.kind !== 'textarea') return undefined;
  // JSON null and NULL are both shown as "null", and become NULL.
  if (type === 'json' && value === null) return 'blank_to_null';
  return value === '' ? 'null_to_blank' : undefined;
};

/**
 * Fields whose stored value may be NULL or blank, which no page tells apart. In a nullable
 * column Django's `CharField` and choices make NULL of what is posted, its `TextField` a blank
 * text (all versions); the widgets that the admin gives them are told apart here.
 */
export const blankFields = (fields: readonly FormField[]): readonly Blank[] =>
  fields.flatMap((field) => {
    const hazard = isEditable(field) ? hazardOf(field) : undefined;
    return hazard === undefined ? [] : [{ name: field.name, hazard }];
  });

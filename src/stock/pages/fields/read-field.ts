import { attribute, type HtmlElement, hasClass } from '../../../html/element.ts';
import type { Page } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { FieldType, FormField, ReadonlyDisplay } from '../types/field.ts';
import type { PageAddress } from '../types/shared.ts';
import { cleanLabel, isRequiredLabel, labelElement, readErrors, readHelp } from './around.ts';
import { readDisplay } from './display.ts';
import { readAutocomplete, readRelation, relationWrapper } from './relation.ts';
import type { ScopedField } from './scope.ts';
import { jsonValueOf, readChoices, readValue } from './value.ts';
import { decimalPlaces, fieldType, widgetKind } from './widget.ts';

/** Attributes that say who a control is, or what it holds now. */
const identity = new Set([
  'name',
  'id',
  'value',
  'checked',
  'selected',
  'required',
  'disabled',
  'type',
  'class',
  'form',
  'aria-describedby',
  'aria-invalid',
]);

const attrsOf = (element: HtmlElement | undefined): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries(element?.attributes ?? {})
      .filter(([name]) => !identity.has(name) && !name.startsWith('on'))
      .map(([name, value]) => [name, value === '' ? true : value]),
  );

/** Name of a read-only field whose page writes none: Django derives labels from names, so back again. */
const nameOfLabel = (label: string): string => label.toLowerCase().replace(/\s+/g, '_');

export interface FieldLabel {
  readonly text: string;
  readonly isRequired: boolean;
}

const ownLabel = (page: Page, field: ScopedField): FieldLabel | undefined => {
  const element = labelElement(page, field);
  if (element === undefined) return undefined;
  // A label may stand around its control, whose choices are no part of it.
  const control = field.group.controls[0]?.element;
  return {
    text: cleanLabel(visibleText(element, control)),
    isRequired: isRequiredLabel(page, element),
  };
};

const displayOf = (
  page: Page,
  address: PageAddress,
  { group }: ScopedField,
): ReadonlyDisplay | null =>
  group.display === undefined ? null : readDisplay(page, address, group.display);

const displayValue = (display: ReadonlyDisplay): string | boolean | null =>
  display.boolean === undefined ? display.text : display.boolean;

const maxLengthOf = (field: ScopedField): number | null => {
  const element = field.group.controls[0]?.element;
  const text = element && attribute(element, 'maxlength');
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
};

const refine = (type: FieldType, text: string): FieldType =>
  type === 'string' && jsonValueOf(text) !== undefined ? 'json' : type;

/** One field with all that stands around it. `column` is its column's label, in tables. */
export const readField = (
  page: Page,
  address: PageAddress,
  field: ScopedField,
  column?: FieldLabel,
): FormField => {
  const { group } = field;
  const label = column ?? ownLabel(page, field);
  const display = displayOf(page, address, field);
  const kind = widgetKind(group);
  const isRelation = relationWrapper(field) !== undefined;
  const [first] = group.controls;
  const guessed = fieldType(group, kind, isRelation);
  const type = kind === 'textarea' ? refine(guessed, first?.control.value ?? '') : guessed;
  const choices = readChoices(page, group, kind);
  const isDisabled =
    group.controls.length > 0 && group.controls.every(({ control }) => control.disabled);
  return {
    name: group.nameFrom === 'label' ? nameOfLabel(label?.text ?? '') : group.name,
    nameFrom: group.nameFrom,
    controlName: group.controlName,
    label: label?.text ?? '',
    ...readHelp(page, field),
    required:
      group.display === undefined &&
      (label?.isRequired === true ||
        group.controls.some(({ element }) => attribute(element, 'required') !== undefined)),
    readonly: group.display !== undefined || isDisabled,
    errors: readErrors(page, field),
    widget: { kind, attrs: attrsOf(first?.element) },
    type: display?.boolean === undefined ? type : 'boolean',
    value:
      display === null
        ? readValue(page, address, field, kind, type, choices)
        : displayValue(display),
    display,
    choices,
    maxLength: maxLengthOf(field),
    charInput: first !== undefined && hasClass(first.element, 'vTextField'),
    decimalPlaces: type === 'decimal' ? decimalPlaces(group) : null,
    relation:
      type === 'foreignkey' || type === 'manytomany' ? readRelation(page, address, field) : null,
    autocomplete: readAutocomplete(field),
    clearable: group.clear !== undefined,
  };
};

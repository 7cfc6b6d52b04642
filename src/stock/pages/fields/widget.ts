import { closest, type HtmlElement, hasClass } from '../../../html/element.ts';
import type { Control } from '../../forms/types.ts';
import type { FieldType, WidgetKind } from '../types/field.ts';
import type { FieldControl, FieldGroup } from './group.ts';

const selectKind = ({ control, element }: FieldControl): WidgetKind => {
  const isMultiple = control.type === 'select-multiple';
  if (hasClass(element, 'admin-autocomplete'))
    return isMultiple ? 'autocomplete-multiple' : 'autocomplete';
  if (hasClass(element, 'selectfilter') || hasClass(element, 'selectfilterstacked'))
    return 'shuttle';
  return isMultiple ? 'select-multiple' : 'select';
};

const isRawId = (element: HtmlElement): boolean =>
  hasClass(element, 'vForeignKeyRawIdAdminField') ||
  hasClass(element, 'vManyToManyRawIdAdminField');

const typeKinds: Readonly<Record<string, WidgetKind>> = {
  number: 'number',
  email: 'email',
  url: 'url',
  password: 'password',
  hidden: 'hidden',
  file: 'file',
  date: 'date',
  time: 'time',
  'datetime-local': 'datetime',
};

const severalKind = (group: FieldGroup, [first]: readonly FieldControl[]): WidgetKind => {
  const type = first?.control.type;
  if (type === 'radio') return 'radio';
  if (type === 'checkbox') return 'checkbox-multiple';
  if (
    type === 'select-one' &&
    group.controls.some(({ control }) => /_(year|month|day)$/.test(control.name))
  )
    return 'select-date';
  if (first !== undefined && hasClass(first.element, 'vDateField')) return 'split-datetime';
  return group.controls.every(({ control }) => control.type === 'hidden') ? 'hidden' : 'custom';
};

/** `CheckboxSelectMultiple` with one choice looks like a single checkbox, but for its value and its list. */
const isCheckboxList = ({ control, element }: FieldControl): boolean =>
  control.type === 'checkbox' &&
  control.hasValue &&
  control.id?.endsWith('_0') === true &&
  closest(element, (at) => at.tag === 'label') !== undefined;

/** The contract's `widget.kind`, from the controls alone. */
export const widgetKind = (group: FieldGroup): WidgetKind => {
  const [first] = group.controls;
  if (first === undefined) return 'custom';
  const { control, element } = first;
  if (group.controls.length > 1) return severalKind(group, group.controls);
  if (control.tag === 'select') return selectKind(first);
  if (control.tag === 'textarea') return 'textarea';
  if (control.type === 'radio') return 'radio';
  if (control.type === 'checkbox') return isCheckboxList(first) ? 'checkbox-multiple' : 'checkbox';
  if (isRawId(element)) return 'raw-id';
  if (hasClass(element, 'vDateField')) return 'date';
  if (hasClass(element, 'vTimeField')) return 'time';
  return typeKinds[control.type] ?? 'text';
};

const numberType = (step: string | undefined): FieldType => {
  if (step === 'any') return 'float';
  return step !== undefined && /^0?\.\d+$|^\d+e-\d+$/i.test(step) ? 'decimal' : 'integer';
};

const isNullBoolean = ({ options }: Control): boolean =>
  options.map((option) => option.value).join() === 'unknown,true,false';

const simpleTypes: Partial<Record<WidgetKind, FieldType>> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  'split-datetime': 'datetime',
  'select-date': 'date',
  checkbox: 'boolean',
  radio: 'choice',
  'checkbox-multiple': 'choice',
  'select-multiple': 'choice',
  shuttle: 'manytomany',
  autocomplete: 'foreignkey',
  'autocomplete-multiple': 'manytomany',
};

const several = new Set<WidgetKind>([
  'select-multiple',
  'checkbox-multiple',
  'shuttle',
  'autocomplete-multiple',
]);

export const isMultiple = (kind: WidgetKind): boolean => several.has(kind);

/** What the value is, as far as the controls tell (section 5.3 of the findings: 87 % as the REST API says). */
export const fieldType = (group: FieldGroup, kind: WidgetKind, isRelation: boolean): FieldType => {
  const [first] = group.controls;
  if (first === undefined) return 'unsupported';
  const { control, element } = first;
  if (kind === 'raw-id')
    return hasClass(element, 'vManyToManyRawIdAdminField') ? 'manytomany' : 'foreignkey';
  if (isRelation && kind !== 'text') return isMultiple(kind) ? 'manytomany' : 'foreignkey';
  if (kind === 'select') return isNullBoolean(control) ? 'boolean' : 'choice';
  if (kind === 'file') return element.attributes['accept']?.includes('image/') ? 'image' : 'file';
  if (kind === 'number') return numberType(element.attributes['step']);
  if (kind === 'textarea') return element.classes.length > 0 ? 'text' : 'string';
  if (hasClass(element, 'vUUIDField')) return 'uuid';
  return simpleTypes[kind] ?? 'string';
};

/** `decimal_places`, from `step="0.01"`. */
export const decimalPlaces = (group: FieldGroup): number | null => {
  const step = group.controls[0]?.element.attributes['step'];
  const [, digits] = /^0?\.(\d+)$/.exec(step ?? '') ?? [];
  const [, exponent] = /^\d+e-(\d+)$/i.exec(step ?? '') ?? [];
  if (exponent !== undefined) return Number(exponent);
  return digits === undefined ? null : digits.length;
};

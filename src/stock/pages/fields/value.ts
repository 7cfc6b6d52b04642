import { attribute } from '../../../html/element.ts';
import { firstWithin, type Page } from '../../../html/page.ts';
import { collapse, visibleText } from '../../../html/text.ts';
import type { JsonValue } from '../../../operations/json.ts';
import { jsonInteger, parseJsonExactly } from '../../../operations/json-exact.ts';
import { inputDate, inputTime } from '../../formats/inputs.ts';
import { isDate, writeDate } from '../../formats/iso.ts';
import { controlValues } from '../../forms/successful.ts';
import type { Choice, FieldType, WidgetKind } from '../types/field.ts';
import type { PageAddress } from '../types/shared.ts';
import { resolveHref } from '../url.ts';
import type { FieldControl, FieldGroup } from './group.ts';
import { rawIdLabel } from './relation.ts';
import type { ScopedField } from './scope.ts';
import { isMultiple } from './widget.ts';

/** The text of a radio button or checkbox: its label's, which stands around or after it. */
const choiceLabel = (page: Page, { control, element }: FieldControl): string => {
  if (element.parent?.tag === 'label') return visibleText(element.parent);
  const row = element.parent;
  const label = row && firstWithin(page, row, (at) => attribute(at, 'for') === control.id);
  return label === undefined ? control.value : visibleText(label);
};

/** Choices of a field with a closed set of them; null for others. Blank ones (`''`) are among them. */
export const readChoices = (page: Page, group: FieldGroup, kind: WidgetKind): Choice[] | null => {
  if (kind === 'radio' || kind === 'checkbox-multiple')
    return group.controls.map((each) => ({
      value: each.control.value,
      label: choiceLabel(page, each),
      group: null,
      selected: each.control.checked,
    }));
  const [first] = group.controls;
  if (first?.control.tag !== 'select' || kind === 'select-date') return null;
  const shown = new Set(controlValues({ ...first.control, disabled: false }));
  return first.control.options.map(({ value, label, group: named, selected }) => ({
    value,
    label,
    group: named,
    selected: first.control.type === 'select-one' ? shown.has(value) : selected,
  }));
};

const textOf = (group: FieldGroup): string => group.controls[0]?.control.value ?? '';

const dateTimeValue = (group: FieldGroup): JsonValue => {
  const [date = '', time = ''] = group.controls.map(({ control }) => control.value);
  if (collapse(date) === '' && collapse(time) === '') return null;
  const day = inputDate(date);
  const clock = inputTime(time);
  // Values that came back with errors are shown as they were sent.
  return day !== undefined && clock !== undefined ? `${day}T${clock}` : collapse(`${date} ${time}`);
};

const selectDateValue = (group: FieldGroup): JsonValue => {
  const part = (suffix: string): number => {
    const found = group.controls.find(({ control }) => control.name.endsWith(suffix));
    return Number(found === undefined ? 0 : (controlValues(found.control)[0] ?? 0));
  };
  const parts = { year: part('_year'), month: part('_month'), day: part('_day') };
  return isDate(parts) ? writeDate(parts) : null;
};

/** Only what cannot be plain text counts as JSON: a class-less textarea may be anyone's. */
export const jsonValueOf = (text: string): JsonValue | undefined => {
  const value = /^\s*(?:[[{]|null\s*$)/.test(text) ? parseJsonExactly(text) : undefined;
  return typeof value === 'object' ? value : undefined;
};

const objectOf = ({ value, label }: { value: string; label: string | null }): JsonValue => ({
  id: value,
  label,
});

const rawIdValue = (page: Page, field: ScopedField, type: FieldType): JsonValue => {
  const text = textOf(field.group).trim();
  if (type === 'manytomany')
    return text === ''
      ? []
      : text.split(',').map((id) => objectOf({ value: id.trim(), label: null }));
  return text === '' ? null : objectOf({ value: text, label: rawIdLabel(page, field) });
};

const decodedPart = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const fileValue = (page: Page, address: PageAddress, { scope }: ScopedField): JsonValue => {
  const link =
    scope &&
    firstWithin(page, scope, (at) => at.tag === 'a' && attribute(at, 'href') !== undefined);
  const href = link && attribute(link, 'href');
  if (link === undefined || !href || href.startsWith('#')) return null;
  const text = visibleText(link);
  const [last = ''] = /[^/]*$/.exec(href.replace(/[?#].*$/, '')) ?? [];
  // Unfold's link is an icon. MEDIA_URL may be on another host; nothing of it is fetched here.
  const name = text === '' || text === 'download' ? decodedPart(last) : text;
  return { name, url: resolveHref(address, href) ?? href };
};

const chosenValue = (choices: readonly Choice[], kind: WidgetKind, type: FieldType): JsonValue => {
  const chosen = choices.filter(
    (choice) => choice.selected && (choice.value !== '' || isMultiple(kind)),
  );
  if (type === 'manytomany') return chosen.map(objectOf);
  if (isMultiple(kind)) return chosen.map((choice) => choice.value);
  const [first] = chosen;
  if (first === undefined) return null;
  if (type === 'boolean')
    return first.value === 'true' ? true : first.value === 'false' ? false : null;
  return type === 'foreignkey' ? objectOf(first) : first.value;
};

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);

/** The value that the text of a control stands for. */
export const scalarValue = (text: string, type: FieldType): JsonValue => {
  const trimmed = text.trim();
  if (type === 'integer') return /^-?\d+$/.test(trimmed) ? jsonInteger(trimmed) : trimmed || null;
  if (type === 'float') return isNumber(trimmed) ? Number(trimmed) : trimmed || null;
  if (type === 'decimal' || type === 'uuid') return trimmed || null;
  if (type === 'date') return trimmed === '' ? null : (inputDate(trimmed) ?? trimmed);
  if (type === 'time') return trimmed === '' ? null : (inputTime(trimmed) ?? trimmed);
  if (type === 'json') return jsonValueOf(text) ?? null;
  return text;
};

/** The value in machine form; see the table at {@link import('../types/field.ts').FormField}. */
export const readValue = (
  page: Page,
  address: PageAddress,
  field: ScopedField,
  kind: WidgetKind,
  type: FieldType,
  choices: readonly Choice[] | null,
): JsonValue => {
  const { group } = field;
  if (kind === 'password') return null;
  if (kind === 'checkbox') return group.controls[0]?.control.checked ?? false;
  if (kind === 'split-datetime') return dateTimeValue(group);
  if (kind === 'select-date') return selectDateValue(group);
  if (kind === 'raw-id') return rawIdValue(page, field, type);
  if (kind === 'file') return fileValue(page, address, field);
  if (choices !== null) return chosenValue(choices, kind, type);
  if (kind === 'custom' || group.controls.length > 1)
    return group.controls.flatMap(({ control }) => controlValues(control));
  return scalarValue(textOf(group), type);
};

import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import type { Choice, FormField } from '../pages/types/field.ts';
import { keyJson } from './key.ts';
import { modelJson } from './model.ts';

/** Most choices shown of one field: selects of foreign keys can hold a whole table. */
export const maxChoices = 200;

const isBlank = ({ value }: Choice): boolean => value === '';

/** The choices of a field without the blank one, cut after {@link maxChoices}. */
export const choicesJson = (field: FormField): JsonObject => {
  const real = field.choices?.filter((choice) => !isBlank(choice));
  if (real === undefined) return {};
  const isRelation = field.type === 'foreignkey' || field.type === 'manytomany';
  const choices = real.slice(0, maxChoices).map(({ value, label, group }) => ({
    value: isRelation ? keyJson(value) : value,
    label,
    ...(group === null ? {} : { group }),
  }));
  return {
    choices,
    ...(real.length > choices.length ? { choices_total: real.length } : {}),
  };
};

const relatedJson = (field: FormField, value: JsonValue): JsonValue => {
  if (!isJsonObject(value)) return value;
  const id = value['id'];
  const text = typeof id === 'string' ? id : String(id ?? '');
  return {
    id: keyJson(text),
    label: value['label'] ?? text,
    ...(field.relation === null ? {} : { to: modelJson(field.relation) }),
  };
};

/** A read-only field that links to another object is a foreign key, whose key the link tells. */
const linkedJson = (field: FormField): JsonValue | undefined => {
  const link = field.display?.link;
  if (!field.readonly || field.controlName !== null || link?.target.kind !== 'change')
    return undefined;
  if (link.label !== field.display?.text) return undefined;
  return { id: keyJson(link.target.pk), label: link.label, to: modelJson(link.target) };
};

export const valueJson = (field: FormField): JsonValue => {
  const linked = linkedJson(field);
  if (linked !== undefined) return linked;
  const { type, value } = field;
  if (type === 'foreignkey') return relatedJson(field, value);
  if (type === 'manytomany' && Array.isArray(value))
    return value.map((each) => relatedJson(field, each));
  if ((type === 'file' || type === 'image') && isJsonObject(value)) return { ...value, size: null };
  if (type === 'unsupported' && field.display?.html != null && field.display.boolean === undefined)
    return { html: field.display.html };
  return value;
};

export const typeJson = (field: FormField): string =>
  linkedJson(field) === undefined ? field.type : 'foreignkey';

const extrasJson = (field: FormField): JsonObject => ({
  ...(field.relation === null ? {} : { to: modelJson(field.relation) }),
  ...(field.relation?.toField == null ? {} : { to_field: field.relation.toField }),
  ...(field.maxLength === null ? {} : { max_length: field.maxLength }),
  ...(field.decimalPlaces === null ? {} : { decimal_places: field.decimalPlaces }),
});

/** The contract's hint at a widget, on the object and on the add form. */
const widgetHint = (field: FormField): JsonObject => {
  const { kind, attrs } = field.widget;
  if (kind === 'radio') return { widget: 'radio' };
  if (kind === 'raw-id') return { widget: 'raw_id' };
  if (kind === 'shuttle')
    return { widget: attrs['data-is-stacked'] === '1' ? 'shuttle_v' : 'shuttle_h' };
  if (kind === 'autocomplete' || kind === 'autocomplete-multiple')
    return { widget: 'autocomplete' };
  return kind === 'password' ? { widget: 'password' } : {};
};

/** A field as `retrieve` and `add_form` show it; choices of a relation on request. */
export const descriptorJson = (field: FormField, withChoices: boolean): JsonObject => ({
  type: typeJson(field),
  label: field.label,
  required: field.required,
  readonly: field.readonly,
  help_text: field.helpHtml,
  value: valueJson(field),
  ...extrasJson(field),
  ...(withChoices || field.type === 'choice' ? choicesJson(field) : {}),
  ...widgetHint(field),
});

/** A field as `form_spec` shows it. */
export const specJson = (field: FormField): JsonObject => ({
  label: field.label,
  help_text: field.helpHtml,
  required: field.required,
  readonly: field.readonly,
  type: typeJson(field),
  widget: { kind: field.widget.kind, attrs: { ...field.widget.attrs } },
  initial: valueJson(field),
  errors: [...field.errors],
  ...extrasJson(field),
  ...choicesJson(field),
  ...(field.clearable ? { clearable: true } : {}),
});

import type { JsonObject } from '../../operations/json.ts';
import type { FormField } from '../pages/types/field.ts';
import type { Inline, InlineRow } from '../pages/types/form-page.ts';
import { choicesJson, typeJson, valueJson } from './field.ts';
import { keyJson } from './key.ts';
import { modelJson } from './model.ts';

const shown = (fields: readonly FormField[]): FormField[] =>
  fields.filter(({ widget }) => widget.kind !== 'hidden');

const fieldJson = (field: FormField, withChoices: boolean): JsonObject => ({
  name: field.name,
  label: field.label,
  readonly: field.readonly,
  type: typeJson(field),
  required: field.required,
  ...(field.relation === null ? {} : { to: modelJson(field.relation) }),
  ...(withChoices || field.type === 'choice' ? choicesJson(field) : {}),
});

const rowJson = (row: InlineRow): JsonObject => ({
  pk: row.pk === null ? null : keyJson(row.pk),
  label: row.label,
  fields: Object.fromEntries(shown(row.fields).map((field) => [field.name, valueJson(field)])),
});

/**
 * An inline as the contract has it, but for its name: the formset's prefix, which is unique
 * on the page. The REST API gives all inlines by the same foreign key one name.
 */
export const inlineJson = (inline: Inline, withChoices = false): JsonObject => ({
  name: inline.prefix,
  label: inline.label,
  kind: inline.kind,
  fk_name: inline.fkName,
  pk_field: inline.pkName,
  child: inline.child === null ? null : modelJson(inline.child),
  extra: inline.rows.filter(({ isNew }) => isNew).length,
  min_num: inline.minNum,
  max_num: inline.maxNum,
  can_view: true,
  can_add: inline.canAdd,
  can_change: inline.canChange,
  can_delete: inline.canDelete,
  show_change_link: inline.rows.some(({ links }) =>
    links.some(({ target }) => target.kind === 'change'),
  ),
  fields: shown(inline.fields).map((field) => fieldJson(field, withChoices)),
  rows: inline.rows.filter(({ isNew }) => !isNew).map(rowJson),
});

import * as z from 'zod';
import { writtenFile } from './file.ts';
import { fieldDescriptor, fieldset, saveOptions } from './form.ts';
import { actionEntry, customView, keyValue, message, modelTarget, permissions } from './shared.ts';

const inlineField = z.looseObject({
  name: z.string(),
  label: z.string(),
  readonly: z.boolean(),
  type: z.string().nullish(),
  required: z.boolean().nullish(),
});

const inlineRow = z.looseObject({
  pk: keyValue,
  label: z.string().nullish(),
  fields: z.record(z.string(), z.unknown()),
});

/**
 * An inline and its rows. `name` is the key for writing: `data.inlines[name] = {"items":
 * [{"pk"?, "fields", "DELETE"?}]}`.
 */
export const inline = z.looseObject({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['tabular', 'stacked']).nullish(),
  fk_name: z.string().nullish(),
  pk_field: z.string().nullish(),
  child: modelTarget.nullish(),
  min_num: z.number().nullish(),
  max_num: z.number().nullish(),
  can_view: z.boolean().nullish(),
  can_add: z.boolean().nullish(),
  can_change: z.boolean().nullish(),
  can_delete: z.boolean().nullish(),
  fields: z.array(inlineField),
  rows: z.array(inlineRow),
});

const detail = {
  app_label: z.string(),
  model_name: z.string(),
  pk: keyValue,
  label: z.string(),
  permissions: permissions.nullish(),
  save_options: saveOptions.nullish(),
  /** `supported`: set_password works for this object. */
  password_change: z.looseObject({ supported: z.boolean().nullish() }).nullish(),
  fieldsets: z.array(fieldset),
  fields: z.record(z.string(), fieldDescriptor),
  inlines: z.array(inline),
  view_on_site_url: z.string().nullish(),
  /** Actions that the object's page offers. */
  object_actions: z.array(actionEntry).nullish(),
  custom_views: z.array(customView).nullish(),
  empty_value_display: z.string().nullish(),
};

export const objectBody = z.looseObject(detail);

/** The object as retrieve shows it; key, label and page where this user may not look at it. */
export const savedBody = z.looseObject({
  ...z.object(detail).partial().shape,
  /** Null where the admin does not tell the key of what it added. */
  pk: keyValue.optional(),
  label: z.string().nullish(),
  redirect: z.string().nullish(),
  messages: z.array(message).optional(),
  files: z.array(writtenFile).optional(),
  /** Fields that the project saved with another value than was sent, such as a cleaned one. */
  adjusted: z.record(z.string(), z.unknown()).optional(),
  /** Fields and inlines that nobody asked to change and that the project changed on saving, as they are now. */
  also_changed: z.record(z.string(), z.unknown()).optional(),
});

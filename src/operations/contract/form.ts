import * as z from 'zod';
import { choice, modelTarget, permissions } from './shared.ts';

/** A group of fields on a form. */
export const fieldset = z.looseObject({
  title: z.string().nullable(),
  fields: z.array(z.string()),
  /** The same fields, as they share lines. */
  field_rows: z.array(z.array(z.string())).optional(),
  classes: z.array(z.string()).optional(),
  description: z.string().nullish(),
});

/**
 * A field of an object or of an add form. Where the name looks like a secret (`REDACT_FIELDS`)
 * the value is masked and `redacted` is true; django-admin-rest-api leaves such fields out.
 */
export const fieldDescriptor = z.looseObject({
  /**
   * `string`, `text`, `integer`, `decimal`, `float`, `boolean`, `date`, `time`, `datetime`,
   * `duration`, `choice`, `foreignkey`, `manytomany`, `json`, `file`, `image`, `email`, `url`,
   * `slug`, `uuid`, `ip`, `filepath`, `binary`, `array`, `range`, or `unsupported`.
   */
  type: z.string().nullable(),
  label: z.string(),
  required: z.boolean(),
  readonly: z.boolean(),
  help_text: z.string().nullish(),
  /** Dates and times in ISO 8601, keys as `{id, label}`, files as `{name, url, size}`. */
  value: z.unknown(),
  choices: z.array(choice).optional(),
  to: modelTarget.optional(),
  max_length: z.number().optional(),
  decimal_places: z.number().nullish(),
  /** A hint: `radio`, `raw_id`, `shuttle_h`, `shuttle_v`, `autocomplete`, `password`, `custom`. */
  widget: z.string().optional(),
});

export const saveOptions = z.looseObject({ show_save: z.boolean().nullish() });

export const addFormBody = z.looseObject({
  app_label: z.string(),
  model_name: z.string(),
  permissions: permissions.nullish(),
  fieldsets: z.array(fieldset),
  fields: z.record(z.string(), fieldDescriptor),
  save_options: saveOptions.nullish(),
  /** `{slug: ["name"]}`: a browser would fill slug from name; a call has to. */
  prepopulated_fields: z.record(z.string(), z.array(z.string())).nullish(),
});

const specField = z.looseObject({
  label: z.string(),
  help_text: z.string().nullish(),
  required: z.boolean(),
  readonly: z.boolean(),
  type: z.string().nullish(),
  /** `kind` is one of a closed set, `custom` for what is unknown. */
  widget: z.looseObject({ kind: z.string() }),
  /** The present value, as `value` in an object. */
  initial: z.unknown(),
  errors: z.array(z.string()).optional(),
  choices: z.array(choice).optional(),
  to: modelTarget.optional(),
});

/**
 * Two bodies: `renderer: "form-spec"` has fieldsets, fields and variant; `renderer:
 * "custom-template"` has the rest, and means a page that only a person can fill in.
 */
export const formSpecBody = z.looseObject({
  renderer: z.enum(['form-spec', 'custom-template']),
  fieldsets: z.array(fieldset).optional(),
  fields: z.record(z.string(), specField).optional(),
  /** Dotted path of the form class. */
  variant: z.string().nullish(),
  prepopulated_fields: z.record(z.string(), z.array(z.string())).optional(),
  reason: z.string().optional(),
  /** The page in the HTML admin. */
  legacy_url: z.string().nullish(),
  /** The page in a single-page admin, where one is known. */
  spa_url: z.string().nullish(),
  machine_driveable: z.boolean().optional(),
});

import * as z from 'zod';
import { writtenFile } from './file.ts';
import { cascade, keyValue, labelled } from './shared.ts';

/** One field as it is and as it would be, in the values of `retrieve`. */
const change = z.looseObject({
  name: z.string(),
  label: z.string().nullish(),
  old: z.unknown(),
  new: z.unknown(),
});

/** A row of an inline that would be added (`pk` null), changed or deleted. */
const inlineChange = z.looseObject({
  inline: z.string(),
  pk: keyValue,
  delete: z.boolean().optional(),
  changes: z.array(change),
});

const planned = z.looseObject({
  pk: keyValue,
  label: z.string().nullish(),
  /** Of its row of the list. */
  version: z.string().nullish(),
  changes: z.array(change).optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});

/**
 * What a call with `dry_run` would do. Nothing was sent but reads. `errors` holds what is
 * known to be wrong without saving, by field; `''` for the form as a whole.
 */
export const planBody = z.looseObject({
  dry_run: z.literal(true),
  app_label: z.string(),
  model_name: z.string(),
  /** create, update, form_submit, destroy. */
  pk: keyValue.optional(),
  label: z.string().nullish(),
  version: z.string().nullish(),
  changes: z.array(change).optional(),
  inlines: z.array(inlineChange).optional(),
  errors: z.record(z.string(), z.array(z.string())).optional(),
  files: z.array(writtenFile).optional(),
  /** bulk_update and action: the objects, the first ones of many. */
  objects: z.array(planned).optional(),
  matched: z.number().nullish(),
  /** bulk_update. */
  summary: z.looseObject({ would_change: z.number(), unchanged: z.number() }).optional(),
  /** Another one as soon as one of all the objects is not as it was. */
  digest: z.string().optional(),
  /** action. */
  action: z.string().optional(),
  /** Whether the admin asks first; null where only running it would tell. */
  asks_first: z.boolean().nullish(),
  /** destroy and delete_selected. */
  object: labelled.nullish(),
  cascade: cascade.nullish(),
  protected: z.array(z.string()).optional(),
  perms_needed: z.array(z.string()).optional(),
  can_delete: z.boolean().nullish(),
  notes: z.unknown().optional(),
});

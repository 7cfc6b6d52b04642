import * as z from 'zod';
import { cascade, labelled, message } from './shared.ts';

export const deletePreviewBody = z.looseObject({
  object: labelled,
  /** Null where the admin does not list it, as when the delete is blocked. */
  cascade: cascade.nullable(),
  /** Objects that block the delete (`PROTECT`, `RESTRICT`), as text. */
  protected: z.array(z.string()),
  /** Kinds of objects in the cascade that this user may not delete. */
  perms_needed: z.array(z.string()),
  can_delete: z.boolean(),
});

export const destroyedBody = z.looseObject({
  deleted: z.literal(true),
  object: labelled.nullable(),
  cascade: cascade.nullable(),
  messages: z.array(message).optional(),
});

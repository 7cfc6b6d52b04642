import * as z from 'zod';
import { sentFile, writtenFile } from './file.ts';
import { cascade, keyValue, message } from './shared.ts';

/** What the page between an action and its execution says and asks for. */
const confirmation = z.looseObject({
  objects: z.array(z.unknown()).optional(),
  cascade: cascade.nullish(),
  protected: z.array(z.string()).optional(),
  perms_needed: z.array(z.string()).optional(),
  can_delete: z.boolean().nullish(),
});

export const actionBody = z.looseObject({
  /**
   * True: the action ran to its end. False: it asks first (`confirmation_required`). Null: it
   * answered with a page or file that this upstream does not get, so it cannot be known.
   */
  executed: z.boolean().nullable(),
  action: z.string(),
  pks: z.array(keyValue).optional(),
  /** How many objects were selected, where all that match were. */
  matched: z.number().nullish(),
  messages: z.array(message),
  confirmation_required: z.boolean().optional(),
  confirmation: confirmation.optional(),
  /** With a page that needs nothing more than consent: what to show, and what proves it. */
  question: z.string().optional(),
  confirm_token: z.string().optional(),
  /** How long the token is good, in seconds. */
  expires_in: z.number().optional(),
  /** Where the action sent the browser. */
  redirect: z.string().nullish(),
  note: z.string().optional(),
  file: sentFile.optional(),
  files: z.array(writtenFile).optional(),
});

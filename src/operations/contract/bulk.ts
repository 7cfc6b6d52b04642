import * as z from 'zod';
import { keyValue, message } from './shared.ts';

const result = z.looseObject({
  pk: keyValue,
  ok: z.boolean(),
  /** This row was fine, and undone because another was not. */
  rolled_back: z.boolean().optional(),
  /** It had these values already and was not sent. */
  unchanged: z.boolean().optional(),
  /** A form before the one of this row failed, or nobody waited any more. */
  not_tried: z.boolean().optional(),
  /** The row as it is, where it had to be read again. */
  version: z.string().nullish(),
  /** The columns that were to be set, as they are; with `version`. */
  fields: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});

/**
 * All or nothing: with a rejected row the status is 400 and `error` is there as well. Where
 * rows take several forms, or the admin skips some, it is 409 `partly_saved`.
 */
export const bulkBody = z.looseObject({
  results: z.array(result),
  summary: z.looseObject({ accepted: z.number(), rejected: z.number() }),
  messages: z.array(message).optional(),
});

import * as z from 'zod';
import { keyValue, message } from './shared.ts';

const result = z.looseObject({
  pk: keyValue,
  ok: z.boolean(),
  /** This row was fine, and undone because another was not. */
  rolled_back: z.boolean().optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});

/** All or nothing: with a rejected row the status is 400 and `error` is there as well. */
export const bulkBody = z.looseObject({
  results: z.array(result),
  summary: z.looseObject({ accepted: z.number(), rejected: z.number() }),
  messages: z.array(message).optional(),
});

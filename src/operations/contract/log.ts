import * as z from 'zod';
import { keyValue, labelled } from './shared.ts';

const id = z.union([z.string(), z.number()]).nullish();

const recentAction = z.looseObject({
  id,
  action: z.enum(['added', 'changed', 'deleted', 'unknown']),
  action_time: z.string().nullish(),
  object_repr: z.string(),
  /** Null when it is gone, or its model cannot be viewed. */
  target: z.looseObject({ app_label: z.string(), model_name: z.string(), pk: keyValue }).nullable(),
});

export const recentActionsBody = z.looseObject({ actions: z.array(recentAction) });

const historyEntry = z.looseObject({
  id,
  action: z.enum(['addition', 'change', 'deletion', 'unknown']).nullish(),
  action_time: z.string(),
  user: z.looseObject({ id, label: z.string() }).nullable(),
  change_message_human: z.string(),
  /** Django's own record of it, without fields whose name looks like a secret. */
  change_message_structured: z.array(z.unknown()).nullish(),
});

export const historyBody = z.looseObject({
  object: labelled,
  entries: z.array(historyEntry),
  page: z.number(),
  page_size: z.number().nullish(),
  total: z.number().nullish(),
  num_pages: z.number().nullish(),
});

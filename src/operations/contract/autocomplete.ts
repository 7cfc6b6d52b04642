import * as z from 'zod';
import { keyValue } from './shared.ts';

export const autocompleteBody = z.looseObject({
  results: z.array(z.looseObject({ id: keyValue, label: z.string() })),
  pagination: z.looseObject({
    page: z.number(),
    page_size: z.number().nullish(),
    has_more: z.boolean(),
  }),
});

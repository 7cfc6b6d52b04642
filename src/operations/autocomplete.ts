import * as z from 'zod';
import { modelRef, page } from './arguments.ts';
import { defineOperation } from './define.ts';

export const autocomplete = defineOperation({
  name: 'autocomplete',
  title: 'Look up keys by name',
  description:
    'Find objects of a model by text and get their keys, for use in foreign key and many-to-many fields. The model is the one pointed at. Needs search_fields on its admin.',
  effect: 'read',
  idempotent: true,
  input: z.strictObject({
    ...modelRef,
    q: z.string().max(1000).optional().describe('Text to look for.'),
    page: page.optional(),
    page_size: z.int().min(1).max(50).optional(),
  }),
  rest: [
    {
      method: 'GET',
      path: '/:app_label/:model_name/autocomplete/',
      query: { q: 'q', page: 'page', page_size: 'page_size' },
    },
  ],
});

import * as z from 'zod';
import { objectRef, page, pageSize } from './arguments.ts';
import { defineOperation } from './define.ts';

export const history = defineOperation({
  name: 'history',
  title: 'Object history',
  description: "The admin's log of one object, newest first: who changed what, and when.",
  effect: 'read',
  idempotent: true,
  input: z.strictObject({ ...objectRef, page: page.optional(), page_size: pageSize.optional() }),
  rest: [
    {
      method: 'GET',
      path: '/:app_label/:model_name/:pk/history/',
      query: { page: 'page', page_size: 'page_size' },
    },
  ],
});

import * as z from 'zod';
import { fields, objectRef, view } from './arguments.ts';
import { defineOperation } from './define.ts';

export const retrieve = defineOperation({
  name: 'retrieve',
  title: 'Read an object',
  description:
    'One object as its change form shows it: fieldsets, every field with value, read-only fields, inlines, and what this user may do with it.',
  effect: 'read',
  idempotent: true,
  input: z.strictObject({
    ...objectRef,
    fields: fields.describe('Only these fields and inlines.'),
    view,
  }),
  rest: [{ method: 'GET', path: '/:app_label/:model_name/:pk/' }],
});

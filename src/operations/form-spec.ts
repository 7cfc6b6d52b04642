import * as z from 'zod';
import { formKey, modelRef, query, view } from './arguments.ts';
import { defineOperation } from './define.ts';

export const formSpec = defineOperation({
  name: 'form_spec',
  title: 'Describe a form',
  description:
    'The form that the ModelAdmin builds for this user: fields with their widget kind, choices, help text and current values; of one object, or of the add page without pk. Read it before form_submit. A custom template answers {"renderer": "custom-template"}: only a person can fill that page in.',
  effect: 'read',
  idempotent: true,
  input: z.strictObject({ ...modelRef, pk: formKey, query: query.optional(), view }),
  rest: [
    { method: 'GET', path: '/:app_label/:model_name/:pk/form-spec/', spread: 'query' },
    { method: 'GET', path: '/:app_label/:model_name/add/form-spec/', spread: 'query' },
  ],
});

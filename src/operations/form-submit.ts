import * as z from 'zod';
import { data, dryRun, formKey, modelRef, query, version } from './arguments.ts';
import { defineOperation } from './define.ts';

export const formSubmit = defineOperation({
  name: 'form_submit',
  title: 'Submit a form',
  description:
    'Submit what form_spec described, with the same query: creates without pk, changes with pk. Use it for forms that depend on the query; otherwise create and update are enough. Custom templates are refused with 422 before anything is sent.',
  effect: 'write',
  idempotent: false,
  input: z
    .strictObject({
      ...modelRef,
      pk: formKey,
      data: data.describe('Field to value.'),
      query: query.optional(),
      version,
      dry_run: dryRun,
    })
    .refine(({ pk, version }) => version === undefined || pk != null, {
      path: ['version'],
      message: 'needs a pk: a new object has no version',
    }),
  rest: [
    {
      method: 'PATCH',
      path: '/:app_label/:model_name/:pk/',
      spread: 'query',
      body: (input) => input.data,
    },
    {
      method: 'POST',
      path: '/:app_label/:model_name/',
      spread: 'query',
      body: (input) => input.data,
    },
  ],
  actsAs: (input) => [input.pk == null ? 'create' : 'update'],
});

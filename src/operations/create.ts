import * as z from 'zod';
import { data, dryRun, modelRef } from './arguments.ts';
import { defineOperation } from './define.ts';

export const create = defineOperation({
  name: 'create',
  title: 'Create an object',
  description:
    "Add one object through the admin's add form: its validation, save hooks and log. Fields you leave out keep the form's initial values. Errors come back per field. Inline rows go under data.inlines, keyed by the inline's name.",
  effect: 'add',
  idempotent: false,
  input: z.strictObject({ ...modelRef, data: data.describe('Field to value.'), dry_run: dryRun }),
  rest: [{ method: 'POST', path: '/:app_label/:model_name/', body: (input) => input.data }],
});

import * as z from 'zod';
import { modelRef, query, view } from './arguments.ts';
import { defineOperation } from './define.ts';

export const addForm = defineOperation({
  name: 'add_form',
  title: 'Describe the add form',
  description:
    "The fields of a model's add page: types, required, initial values, choices. Read it before create. form_spec tells the same with widgets.",
  effect: 'read',
  idempotent: true,
  input: z.strictObject({ ...modelRef, query: query.optional(), view }),
  rest: [{ method: 'GET', path: '/:app_label/:model_name/add/', spread: 'query' }],
});

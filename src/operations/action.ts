import * as z from 'zod';
import { data, modelRef, pks } from './arguments.ts';
import { defineOperation } from './define.ts';

export const action = defineOperation({
  name: 'action',
  title: 'Run an admin action',
  description:
    'Run one of the actions that list or retrieve names. An action with target "batch" takes one or more pks, "detail" exactly one. Some answer with a confirmation page first ("executed": false): show it to the user, then call again with confirmed true and the inputs it asks for.',
  effect: 'destroy',
  idempotent: false,
  input: z.strictObject({
    ...modelRef,
    action_name: z
      .string()
      .min(1)
      .max(200)
      .refine((name) => !/[\p{Cc}/]/u.test(name), 'must be an action name')
      .describe('From the "actions" of list.'),
    pks,
    confirmed: z.boolean().optional().describe('Second step, after the user agreed.'),
    inputs: data.optional().describe('What the confirmation page asks for.'),
  }),
  rest: [
    {
      method: 'POST',
      path: '/:app_label/:model_name/actions/:action_name/',
      body: (input) => ({ pks: input.pks, confirmed: input.confirmed ?? false }),
    },
  ],
  actsAs: (input) => (input.action_name === 'delete_selected' ? ['destroy'] : []),
});

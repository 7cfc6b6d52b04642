import * as z from 'zod';
import {
  confirmToken,
  data,
  dryRun,
  filters,
  modelRef,
  pks,
  search,
  versions,
} from './arguments.ts';
import { defineOperation } from './define.ts';

const given = z.strictObject({
  ...modelRef,
  action_name: z
    .string()
    .min(1)
    .max(200)
    .refine((name) => !/[\p{Cc}/]/u.test(name), 'must be an action name')
    .describe('From the "actions" of list.'),
  pks: pks.optional(),
  select_across: z
    .literal(true)
    .optional()
    .describe('Instead of pks: everything that search and filters match.'),
  search,
  filters,
  confirmed: z.boolean().optional().describe('The page was seen.'),
  inputs: data.optional().describe('What the confirmation page asks for.'),
  versions,
  dry_run: dryRun,
  confirm_token: confirmToken,
});

/** Objects are chosen in one of two ways; `across` is there for the second. */
const input = given
  .superRefine((value, context) => {
    const isAcross = value.select_across === true;
    if (isAcross === (value.pks !== undefined))
      context.addIssue({
        code: 'custom',
        path: ['pks'],
        message: 'give either pks or select_across',
      });
    if (!isAcross)
      for (const name of ['search', 'filters'] as const)
        if (value[name] !== undefined)
          context.addIssue({
            code: 'custom',
            path: [name],
            message: 'goes with select_across only',
          });
  })
  .transform(({ pks: keys, select_across, search: text, filters: narrowed, ...rest }) => ({
    ...rest,
    pks: keys ?? [],
    across: select_across === true ? { search: text, filters: narrowed ?? {} } : undefined,
  }));

export const action = defineOperation({
  name: 'action',
  title: 'Run an admin action',
  description:
    'Run one of the actions that list or retrieve names. An action with target "batch" takes one or more pks, "detail" exactly one; select_across takes everything that search and filters match. Some answer with a page of the admin first ("executed": false). Call again with confirmed true and the inputs it asks for, and with the confirm_token if it came with one, once the user saw the page and agreed.',
  effect: 'destroy',
  idempotent: false,
  input,
  rest: [
    {
      method: 'POST',
      path: '/:app_label/:model_name/actions/:action_name/',
      body: (input) => ({ pks: input.pks, confirmed: input.confirmed ?? false }),
    },
  ],
  actsAs: (input) => (input.action_name === 'delete_selected' ? ['destroy'] : []),
});

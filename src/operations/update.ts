import * as z from 'zod';
import { data, dryRun, objectRef, version } from './arguments.ts';
import { defineOperation } from './define.ts';

export const update = defineOperation({
  name: 'update',
  title: 'Change an object',
  description:
    'Change fields of one object through its change form. Give only the fields that change; the others stay as they are. Errors come back per field. Retrieve first to see fields and values.',
  effect: 'write',
  idempotent: true,
  input: z.strictObject({
    ...objectRef,
    data: data.describe('Changed fields only.'),
    version,
    dry_run: dryRun,
  }),
  rest: [{ method: 'PATCH', path: '/:app_label/:model_name/:pk/', body: (input) => input.data }],
});

import * as z from 'zod';
import { confirmToken, dryRun, objectRef, version } from './arguments.ts';
import { defineOperation } from './define.ts';

export const destroy = defineOperation({
  name: 'destroy',
  title: 'Delete an object',
  description:
    'Delete one object and all that cascades from it. Call delete_preview first and show the user what goes with it. Refused when anything is protected or the user may not delete a part of the cascade.',
  effect: 'destroy',
  idempotent: true,
  input: z.strictObject({ ...objectRef, version, dry_run: dryRun, confirm_token: confirmToken }),
  rest: [{ method: 'DELETE', path: '/:app_label/:model_name/:pk/' }],
});

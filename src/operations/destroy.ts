import * as z from 'zod';
import { confirmToken, dryRun, objectRef, version } from './arguments.ts';
import { defineOperation } from './define.ts';

export const destroy = defineOperation({
  name: 'destroy',
  title: 'Delete an object',
  description:
    'Delete one object and all that cascades from it. Needs consent: the person is asked, or the first call answers 428 with a question and a confirm_token; show the user the question, and call again with the token only if they agree. Refused when anything is protected or the user may not delete a part of the cascade.',
  effect: 'destroy',
  idempotent: true,
  input: z.strictObject({ ...objectRef, version, dry_run: dryRun, confirm_token: confirmToken }),
  rest: [{ method: 'DELETE', path: '/:app_label/:model_name/:pk/' }],
});

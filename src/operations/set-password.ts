import * as z from 'zod';
import { confirmToken, objectRef } from './arguments.ts';
import { defineOperation } from './define.ts';

/** Longest password taken, in characters (Django hashes no more than 4096). */
const maxPasswordLength = 4096;

export const setPassword = defineOperation({
  name: 'set_password',
  title: 'Set a password',
  description:
    "Set the password of a user through the admin's own password form, with the site's password rules. 404 for models without such a form. Needs consent as destroy does. Never logged, never echoed.",
  effect: 'destroy',
  idempotent: true,
  input: z.strictObject({
    ...objectRef,
    password: z.string().min(1).max(maxPasswordLength),
    confirm_token: confirmToken,
  }),
  rest: [
    {
      method: 'POST',
      path: '/:app_label/:model_name/:pk/password/',
      body: (input) => ({ password1: input.password, password2: input.password }),
    },
  ],
});

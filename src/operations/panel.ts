import * as z from 'zod';
import { objectRef } from './arguments.ts';
import { defineOperation } from './define.ts';

export const panel = defineOperation({
  name: 'panel',
  title: 'Read a custom panel',
  description: 'Read a panel or custom page that this admin adds to an object, by its name.',
  effect: 'read',
  idempotent: true,
  runsProjectPages: true,
  input: z.strictObject({
    ...objectRef,
    panel_name: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'must be a panel name')
      .max(100),
  }),
  rest: [{ method: 'GET', path: '/:app_label/:model_name/:pk/panel/:panel_name/' }],
});

import * as z from 'zod';
import { defineOperation } from './define.ts';

export const registry = defineOperation({
  name: 'registry',
  title: 'List models',
  description:
    'Start here. Every app and model this user may see in the Django admin, with the app_label and model_name that all other tools take, and what the user may do with each (view, add, change, delete).',
  effect: 'read',
  idempotent: true,
  input: z.strictObject({}),
  rest: [{ method: 'GET', path: '/registry/' }],
});

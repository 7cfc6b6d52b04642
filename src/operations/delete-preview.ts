import * as z from 'zod';
import { objectRef } from './arguments.ts';
import { defineOperation } from './define.ts';

export const deletePreview = defineOperation({
  name: 'delete_preview',
  title: 'Preview a delete',
  description:
    'What destroy would take with it: counts per model, what protects the object, and which permissions are missing. Changes nothing.',
  effect: 'read',
  idempotent: true,
  input: z.strictObject(objectRef),
  rest: [{ method: 'GET', path: '/:app_label/:model_name/:pk/delete-preview/' }],
});

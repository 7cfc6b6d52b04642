import * as z from 'zod';
import { defineOperation } from './define.ts';

export const schema = defineOperation({
  name: 'schema',
  title: 'API schema',
  description:
    "The OpenAPI document of the admin's REST contract: endpoints and shapes, not models. For models use registry; for the fields of one model use form_spec.",
  effect: 'read',
  idempotent: true,
  input: z.strictObject({}),
  rest: [{ method: 'GET', path: '/schema/' }],
});

import * as z from 'zod';

/** An OpenAPI 3.1 document of endpoints and shapes; it names no model. */
export const schemaBody = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.looseObject({}),
  components: z.looseObject({}).optional(),
});

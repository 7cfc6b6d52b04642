import * as z from 'zod';

export const schemaBody = z.looseObject({});

import * as z from 'zod';

export const registryBody = z.looseObject({});

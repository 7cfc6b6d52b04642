import * as z from 'zod';

export const passwordBody = z.looseObject({});

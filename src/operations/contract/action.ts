import * as z from 'zod';

export const actionBody = z.looseObject({});

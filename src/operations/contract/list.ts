import * as z from 'zod';

export const listBody = z.looseObject({});

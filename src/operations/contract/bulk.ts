import * as z from 'zod';

export const bulkBody = z.looseObject({});

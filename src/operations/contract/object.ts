import * as z from 'zod';

export const objectBody = z.looseObject({});

export const savedBody = z.looseObject({});

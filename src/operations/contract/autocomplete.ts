import * as z from 'zod';

export const autocompleteBody = z.looseObject({});

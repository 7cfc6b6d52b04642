import * as z from 'zod';

export const addFormBody = z.looseObject({});

export const formSpecBody = z.looseObject({});

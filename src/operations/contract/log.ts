import * as z from 'zod';

export const recentActionsBody = z.looseObject({});

export const historyBody = z.looseObject({});

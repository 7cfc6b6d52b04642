import * as z from 'zod';

export const destroyedBody = z.looseObject({});

export const deletePreviewBody = z.looseObject({});

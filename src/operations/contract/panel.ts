import * as z from 'zod';

export const panelBody = z.looseObject({
  panel: z.string(),
  /** Whatever the panel's method returned. */
  data: z.unknown(),
});

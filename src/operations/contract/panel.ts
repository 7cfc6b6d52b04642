import * as z from 'zod';
import { sentFile } from './file.ts';

export const panelBody = z.looseObject({
  panel: z.string(),
  /** Whatever the panel's method returned. */
  data: z.unknown(),
  file: sentFile.optional(),
});

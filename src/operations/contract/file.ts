import * as z from 'zod';

/** A file that the admin sent instead of a page. */
export const sentFile = z.looseObject({
  name: z.string(),
  media_type: z.string(),
  /** In bytes. */
  size: z.number(),
  sha256: z.string(),
  /** Where it was put, on the machine of the gateway. */
  saved_to: z.string().optional(),
  text: z.string().optional(),
});

/** A file that was written: `field` is `prefix[0].name` in inline rows. */
export const writtenFile = z.looseObject({
  field: z.string(),
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
});

import * as z from 'zod';

export const panelBody = z.looseObject({});

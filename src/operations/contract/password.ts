import * as z from 'zod';
import { keyValue } from './shared.ts';

export const passwordBody = z.looseObject({ detail: z.string(), id: keyValue });

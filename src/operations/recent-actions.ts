import * as z from 'zod';
import { defineOperation } from './define.ts';

export const recentActions = defineOperation({
  name: 'recent_actions',
  title: 'My recent actions',
  description:
    'What this user last added, changed or deleted through the admin, newest first. For the log of one object use history.',
  effect: 'read',
  idempotent: true,
  input: z.strictObject({ limit: z.int().min(1).max(100).optional() }),
  rest: [{ method: 'GET', path: '/recent-actions/', query: { limit: 'limit' } }],
});

import * as z from 'zod';
import { confirmToken, data, dryRun, modelRef, pks, versions } from './arguments.ts';
import { defineOperation } from './define.ts';

export const bulkUpdate = defineOperation({
  name: 'bulk_update',
  title: 'Change many objects',
  description:
    'Set the same fields on many objects at once. Only columns that the changelist lets people edit (list_editable) can be set. All or nothing: one invalid row and none is saved. Many objects need consent as for destroy.',
  effect: 'write',
  idempotent: true,
  input: z.strictObject({
    ...modelRef,
    pks,
    data: data.describe('Field to value, for every pk.'),
    versions,
    dry_run: dryRun,
    confirm_token: confirmToken,
  }),
  rest: [
    {
      method: 'PATCH',
      path: '/:app_label/:model_name/bulk/',
      body: (input) => ({ updates: input.pks.map((pk) => ({ pk, fields: input.data })) }),
    },
  ],
  actsAs: () => ['update'],
});

import * as z from 'zod';
import { confirmToken, data, dryRun, key, maxKeys, modelRef, pks, versions } from './arguments.ts';
import { defineOperation } from './define.ts';

/** The fields of one object; in the words of the REST contract. */
const update = z.strictObject({ pk: key, fields: data });

const given = z.strictObject({
  ...modelRef,
  pks: pks.optional(),
  data: data.optional().describe('Field to value, for every pk.'),
  updates: z
    .array(update)
    .min(1)
    .max(maxKeys)
    .optional()
    .describe('Instead of pks and data: different fields for each.'),
  versions,
  dry_run: dryRun,
  confirm_token: confirmToken,
});

const eitherForm = 'give either pks and data, or updates';

/**
 * The same fields for many objects, or different ones: past this point only the latter form is
 * known, with the keys by themselves for whoever asks for no more.
 */
const input = given
  .superRefine(({ pks: keys, data: fields, updates }, context) => {
    const issue = (path: readonly (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    if (updates === undefined) {
      if (keys === undefined) issue(['pks'], eitherForm);
      if (fields === undefined) issue(['data'], eitherForm);
      return;
    }
    if (keys !== undefined || fields !== undefined) issue(['updates'], eitherForm);
    const seen = new Set<string>();
    for (const [i, { pk }] of updates.entries()) {
      if (seen.has(pk)) issue(['updates', i, 'pk'], 'is there twice');
      seen.add(pk);
    }
  })
  .transform(({ pks: keys = [], data: fields = {}, updates, ...rest }) => {
    const each = updates ?? [...new Set(keys)].map((pk) => ({ pk, fields }));
    return { ...rest, pks: each.map(({ pk }) => pk), updates: each };
  });

export const bulkUpdate = defineOperation({
  name: 'bulk_update',
  title: 'Change many objects',
  description:
    'Set fields on many objects at once. Only columns that the changelist lets people edit (list_editable) can be set. All or nothing: one invalid row and none is saved. Many objects need consent as for destroy.',
  effect: 'write',
  idempotent: true,
  input,
  rest: [
    {
      method: 'PATCH',
      path: '/:app_label/:model_name/bulk/',
      body: ({ updates }) => ({ updates }),
    },
  ],
  actsAs: () => ['update'],
});

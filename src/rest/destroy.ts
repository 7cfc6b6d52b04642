import type { Input } from '../operations/catalogue.ts';
import type { JsonObject } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { listIn } from './body.ts';
import { callRest } from './call.ts';
import { deletePreview } from './delete-preview.ts';

/**
 * Why Django's own delete page would not offer its button; `undefined` where it would. The
 * package asks neither question: it deletes past missing permissions, and fails with a 500
 * on what is protected.
 */
export const blockedBy = (preview: JsonObject): Answer | undefined => {
  if (listIn(preview, 'perms_needed').length > 0)
    return refusal(
      403,
      'forbidden',
      'Deleting this would delete objects that you may not delete.',
      { ...preview },
    );
  if (listIn(preview, 'protected').length > 0)
    return refusal(409, 'protected', 'Other objects protect this one from being deleted.', {
      ...preview,
    });
  return undefined;
};

/** Looks at the delete preview first; the package itself answers 204 with nothing in it. */
export const destroy = async (input: Input<'destroy'>, context: Context): Promise<Answer> => {
  const preview = await deletePreview(input, context);
  if (preview.status !== 200) return preview;
  const blocked = blockedBy(preview.body);
  if (blocked !== undefined) return blocked;
  const answer = await callRest('destroy', input, context);
  if (answer.status >= 300) return answer;
  const { object = null, cascade = [] } = preview.body;
  return { status: 200, body: { deleted: true, object, cascade } };
};

import { ahead } from '../operations/ahead.ts';
import { blockedBy } from '../operations/blocked.ts';
import type { Input } from '../operations/catalogue.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import type { Version } from '../operations/version.ts';
import { part } from './body.ts';
import { callRest } from './call.ts';
import { deletePreview } from './delete-preview.ts';
import { versionOf } from './object-version.ts';
import { planned } from './plan.ts';
import { givenVersion, staleness } from './stale.ts';

type DestroyInput = Input<'destroy'>;

/** What is in the way of a delete, as the errors of a plan. */
export const errorsOf = (preview: JsonObject): JsonObject => {
  const error = blockedBy(preview)?.body['error'];
  return isJsonObject(error) ? { '': [error['message'] ?? ''] } : {};
};

/** The object's version; the delete preview shows none of its values. */
const checked = async (
  { app_label, model_name, pk }: DestroyInput,
  version: Version | undefined,
  context: Context,
): Promise<{ readonly current?: string; readonly refused?: Answer }> => {
  if (version === undefined) return {};
  const ref = { app_label, model_name, pk };
  const seen = await callRest('retrieve', ref, context);
  if (seen.status !== 200) return { refused: seen };
  const stale = await staleness(version, ref, seen.body, context);
  return stale === undefined ? { current: versionOf(seen.body) } : { refused: stale };
};

/**
 * Looks at the delete preview first. The package asks nothing: it deletes past missing
 * permissions, fails with a 500 on what is protected, and answers 204 with nothing in it.
 */
export const destroy = async (input: DestroyInput, context: Context): Promise<Answer> => {
  const version = givenVersion(input.version);
  const checking = ahead(checked(input, version, context));
  const preview = await deletePreview(input, context);
  if (preview.status !== 200) return preview;
  const blocked = blockedBy(preview.body);
  if (blocked !== undefined && input.dry_run !== true) return blocked;
  const { current, refused } = await checking;
  if (refused !== undefined) return refused;
  if (input.dry_run === true)
    return planned(input, {
      pk: input.pk,
      ...part(preview.body, 'object'),
      ...(current === undefined ? {} : { version: current }),
      errors: errorsOf(preview.body),
      ...preview.body,
    });
  const answer = await callRest('destroy', input, context);
  if (answer.status >= 300) return answer;
  const { object = null, cascade = [] } = preview.body;
  return { status: 200, body: { deleted: true, object, cascade } };
};

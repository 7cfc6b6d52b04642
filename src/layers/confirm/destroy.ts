import { ahead } from '../../operations/ahead.ts';
import { blockedBy } from '../../operations/blocked.ts';
import { isJsonObject } from '../../operations/json.ts';
import type { Look } from './matter.ts';
import { readObject } from './read-object.ts';
import { cascadeWords, lines, objectWords } from './words.ts';

/**
 * The admin's own delete page, and the object's version, which the delete is then bound to:
 * more than the cascade may change while somebody thinks. With a version given, a dry run
 * tells first whether it is still the one.
 */
export const lookAtDestroy: Look<'destroy'> = async (input, context, upstream) => {
  const { app_label, model_name, pk, version: given } = input;
  // Beside the delete page: on Django's side the two are as long as one.
  const reading = given === undefined ? ahead(readObject(input, context, upstream)) : undefined;
  const preview =
    given === undefined
      ? await upstream.delete_preview({ app_label, model_name, pk }, context)
      : await upstream.destroy({ ...input, dry_run: true }, context);
  if (preview.status !== 200 || preview.body['deleted'] === true) return { answer: preview };
  const blocked = blockedBy(preview.body);
  if (blocked !== undefined) return { answer: blocked };
  const seen = (await reading) ?? {};
  const version = given ?? seen['version'];
  const { object, cascade } = preview.body;
  const label = isJsonObject(object) ? object['label'] : undefined;
  return {
    matter: {
      question: lines(
        `Delete ${objectWords(input, label)}?`,
        cascadeWords(cascade),
        'This cannot be undone.',
      ),
      preview: preview.body,
      // An upstream of the operator's own may know no versions.
      about: [preview.body, version ?? seen['fields'] ?? null],
      run: () =>
        upstream.destroy(typeof version === 'string' ? { ...input, version } : input, context),
    },
  };
};

import type { JsonObject } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import type { Look } from './matter.ts';
import { hasErrors, labelsIn, quietly, versionsIn } from './plan.ts';
import { lines, listed, modelWords, valuesWords } from './words.ts';

/** The admin saves all rows or none, so that one that is known to be wrong is enough. */
const refusedAsPlanned = ({ objects = [] }: JsonObject): Answer =>
  refusal(400, 'validation_failed', 'Not every row could be changed; none was.', { objects });

/** The dry run of the same call: its rows as they are, and what would become of them. */
export const lookAtBulkUpdate: Look<'bulk_update'> = async (input, context, upstream) => {
  const plan = await upstream.bulk_update({ ...input, dry_run: true }, quietly(context));
  // Whatever is no plan is the answer: rows that are not there, values that do not fit.
  if (plan.status !== 200 || plan.body['dry_run'] !== true) return { answer: plan };
  if (hasErrors(plan.body)) return { answer: refusedAsPlanned(plan.body) };
  const keys = new Set(input.pks);
  const versions = versionsIn(plan.body, input.pks);
  return {
    matter: {
      question: lines(
        `Change ${keys.size} objects of ${modelWords(input)}: ${listed(labelsIn(plan.body), keys.size)}?`,
        `Each gets ${valuesWords(input.data)}.`,
      ),
      preview: plan.body,
      about: plan.body,
      run: () =>
        upstream.bulk_update({ ...input, versions: { ...versions, ...input.versions } }, context),
    },
  };
};

import type { Input } from '../../operations/catalogue.ts';
import type { JsonObject } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import type { Look } from './matter.ts';
import { hasErrors, labelsIn, quietly, versionsIn } from './plan.ts';
import { lines, listed, maxListed, modelWords, quoted, valuesWords } from './words.ts';

/** The admin saves all rows or none, so that one that is known to be wrong is enough. */
const refusedAsPlanned = ({ objects = [] }: JsonObject): Answer =>
  refusal(400, 'validation_failed', 'Not every row could be changed; none was.', { objects });

/** What the rows get: once where all get the same, else row by row. */
const valuesIn = ({ updates }: Input<'bulk_update'>, plan: JsonObject): string => {
  const [first, ...others] = updates.map(({ fields }) => valuesWords(fields));
  if (others.every((words) => words === first)) return `Each gets ${first}.`;
  const labels = labelsIn(plan);
  const rows = updates.map(
    ({ pk, fields }, i) => `${labels[i] ?? quoted(pk)}: ${valuesWords(fields)}`,
  );
  const more = rows.length - maxListed;
  return lines(...rows.slice(0, maxListed), more > 0 ? `and ${more} more` : '');
};

/** The dry run of the same call: its rows as they are, and what would become of them. */
export const lookAtBulkUpdate: Look<'bulk_update'> = async (input, context, upstream) => {
  const plan = await upstream.bulk_update({ ...input, dry_run: true }, quietly(context));
  // Whatever is no plan is the answer: rows that are not there, values that do not fit.
  if (plan.status !== 200 || plan.body['dry_run'] !== true) return { answer: plan };
  if (hasErrors(plan.body)) return { answer: refusedAsPlanned(plan.body) };
  const { pks } = input;
  const versions = versionsIn(plan.body, pks);
  return {
    matter: {
      question: lines(
        `Change ${pks.length} objects of ${modelWords(input)}: ${listed(labelsIn(plan.body), pks.length)}?`,
        valuesIn(input, plan.body),
      ),
      preview: plan.body,
      about: plan.body,
      run: () =>
        upstream.bulk_update({ ...input, versions: { ...versions, ...input.versions } }, context),
    },
  };
};

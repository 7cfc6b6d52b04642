import type { Answer, Context } from '../operations/upstream.ts';
import { answerAfter } from './after-update.ts';
import { send } from './call.ts';
import type { ReadFormPage } from './form-page.ts';
import { versionOf } from './object-version.ts';
import { errorsNote, planned } from './plan.ts';
import { changesJson, knownErrors } from './plan-fields.ts';
import { plannedRows } from './plan-inlines.ts';
import {
  addressOf,
  type PreparedUpdate,
  prepareUpdate,
  type UpdateInput,
} from './prepare-update.ts';
import { givenVersion } from './stale.ts';

const planOf = (input: UpdateInput, { seen, plain, fields, given, inlines }: PreparedUpdate) =>
  planned(input, {
    pk: seen['pk'] ?? input.pk,
    label: seen['label'] ?? null,
    version: versionOf(plain),
    changes: [...changesJson(fields, given)],
    inlines: plannedRows(inlines, seen),
    errors: knownErrors(
      [...fields.values()].filter(({ name }) => name in given),
      given,
    ),
    notes: [errorsNote('errors')],
  });

/**
 * One object through PATCH: read it, refuse what would damage it, send, read it again and
 * compare.
 */
export const createUpdate =
  (readFormPage: ReadFormPage) =>
  async (input: UpdateInput, context: Context): Promise<Answer> => {
    const version = givenVersion(input.version);
    const { ready, refused } = await prepareUpdate(readFormPage, input, version, context);
    if (refused !== undefined) return refused;
    if (input.dry_run === true) return planOf(input, ready);
    const answer = await send({ method: 'PATCH', ...addressOf(input), body: ready.body }, context);
    return answer.status === 200 ? answerAfter(answer, ready, input, context) : answer;
  };

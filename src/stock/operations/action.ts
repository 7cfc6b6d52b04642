import type { Input } from '../../operations/catalogue.ts';
import { givenVersions } from '../../operations/given-versions.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { messagesJson, saidIn } from '../contract/message.ts';
import { modelOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { notFound, refused } from '../desk/refused.ts';
import { partsOf, type Selection, selectionOf } from '../desk/selection.ts';
import type { Visit } from '../desk/visit.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { actionAnswer, type Ran } from '../write/action-answer.ts';
import { checkVersions } from '../write/check-versions.ts';
import { confirmAction, throwErrors } from '../write/confirm-action.ts';
import { planOfAction } from '../write/plan-action.ts';
import { type Place, placeOf, runAction, runOnList } from '../write/run-action.ts';
import { runInParts } from '../write/run-parts.ts';
import { verifyDeleted } from '../write/verify-deleted.ts';

type ActionInput = Input<'action'>;

const textsOf = (done: Visit): string =>
  saidIn(done)
    .messages.map(({ text }) => text)
    .join('\n');

/**
 * Where the project's action form has inputs of its own, Django runs nothing when one of them
 * is wrong, and says so only with "No action selected." in the language of the site. What it
 * says for no action at all is asked, to tell that from a warning of the action's own.
 *
 * @throws Refused 400 `not_run`
 */
const assertRan = async (desk: Desk, selection: Selection, done: Visit): Promise<void> => {
  const { actionInputs } = selection.list;
  if (done.outcome.kind !== 'warned' || actionInputs.length === 0) return;
  const none = await runOnList(desk, selection, '', {});
  if (none.outcome.kind !== 'warned' || textsOf(none) !== textsOf(done)) return;
  throw refused(400, 'not_run', "The admin did not take the action form's inputs; nothing ran.", {
    inputs: actionInputs.map(({ name, label, required }) => ({ name, label, required })),
    messages: messagesJson(saidIn(done)),
  });
};

const ranOf = (input: ActionInput, { pks, across, matched, list }: Selection): Ran => {
  const asked = new Set(list.actionInputs.map(({ name }) => name));
  return {
    action: input.action_name,
    pks: pks.map(keyJson),
    ...(across === null ? {} : { matched }),
    unasked: Object.keys(input.inputs ?? {}).filter((name) => !asked.has(name)),
  };
};

const runWhole = async (
  desk: Desk,
  model: ModelRef,
  input: ActionInput,
  selection: Selection,
  place: Place,
): Promise<Answer> => {
  const { action_name: name, inputs = {} } = input;
  const ran = ranOf(input, selection);
  const first = await runAction(desk, selection, place, name, inputs);
  if (first.outcome.kind !== 'returned') await assertRan(desk, selection, first);
  if (first.outcome.kind !== 'returned' || input.confirmed !== true)
    return actionAnswer(desk, ran, first);
  const second = await confirmAction(desk, input, selection, first);
  throwErrors(second);
  await assertRan(desk, selection, second);
  const answer = await actionAnswer(desk, { ...ran, unasked: [] }, second);
  return name === 'delete_selected' ? verifyDeleted(desk, model, selection, answer) : answer;
};

/**
 * Two requests: the list of just these rows, which tells whether action and keys are there,
 * and the action. A confirmed one that asks first takes one more, for the page's own form; a
 * deletion another one, to see that the objects are gone.
 */
export const action = async (input: ActionInput, desk: Desk): Promise<Answer> => {
  const versions = givenVersions(input.versions, input.pks);
  return desk.caller.exclusive(async () => {
    const model = modelOf(input);
    const selection = await selectionOf(desk, model, input);
    if (selection.missing.length > 0)
      throw notFound('Some keys name no object, so the action was not run.', {
        missing: selection.missing.map(keyJson),
      });
    const place = await placeOf(desk, model, selection, input.action_name);
    await checkVersions(desk, model, versions, selection.rows);
    if (input.dry_run === true) return planOfAction(desk, model, selection, input.action_name);
    const parts = partsOf(selection);
    return parts.length > 1
      ? runInParts(desk, input, selection, parts)
      : runWhole(desk, model, input, selection, place);
  });
};

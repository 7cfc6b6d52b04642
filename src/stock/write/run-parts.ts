import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import type { Desk } from '../desk/desk.ts';
import { Refused } from '../desk/refused.ts';
import type { Selection } from '../desk/selection.ts';
import { actionAnswer } from './action-answer.ts';
import { failed, isAnyDone } from './fates.ts';
import { runOnList } from './run-action.ts';
import { cancelled, errorOf, failureOf, newTally, type Tally, tallyJson } from './tally.ts';

export interface PartsInput {
  readonly action_name: string;
  readonly inputs?: JsonObject | undefined;
  readonly confirmed?: boolean | undefined;
}

const advice = 'Call it for fewer objects at a time, or use select_across with search and filters.';

/** One consent counts for one page, and one answer holds one file. */
const onlyWhole = (what: string): GatewayError =>
  new GatewayError('too_large', `This action ${what}; it cannot be run in parts.`, {
    hint: advice,
  });

const partly = (input: PartsInput, tally: Tally, executed: boolean | null): Answer => {
  const message = 'The action was run on some of the objects and not on others.';
  const { status, body } = refusal(409, 'partly_saved', message, { hint: advice });
  return {
    status,
    body: { ...body, executed, action: input.action_name, ...tallyJson(tally) },
  };
};

/**
 * Runs an action on more objects than a form has room for. The first part that is not simply
 * done is the last one.
 */
export const runInParts = async (
  desk: Desk,
  input: PartsInput,
  { pks }: Selection,
  parts: readonly Selection[],
): Promise<Answer> => {
  const { action_name: name, inputs = {} } = input;
  if (name === 'delete_selected' || input.confirmed === true) throw onlyWhole('asks first');
  const tally = newTally(pks);
  let last: JsonObject = {};
  for (const part of parts) {
    if (desk.signal.aborted) throw cancelled(tally);
    const isBegun = isAnyDone(tally.fates);
    try {
      const done = await runOnList(desk, part, name, inputs);
      if (done.outcome.kind === 'returned' && !isBegun) throw onlyWhole('asks first');
      const ran = { action: name, pks: part.pks.map(keyJson) };
      const { body, file } = await actionAnswer(desk, ran, done);
      const isDone = body['executed'] === true;
      const fate = isDone
        ? ({ kind: 'done' } as const)
        : failed('confirmation_required', 'The admin asked first; nothing was done here.');
      for (const pk of part.pks) tally.fates.set(pk, fate);
      const { messages, notes } = body;
      if (Array.isArray(messages)) tally.messages.push(...messages);
      if (Array.isArray(notes)) tally.notes.push(...notes);
      if (!isDone || file !== undefined) return partly(input, tally, isDone ? true : null);
      last = body;
    } catch (error) {
      if (error instanceof Refused && isBegun) {
        const { code, message } = failureOf(error);
        for (const pk of part.pks) tally.fates.set(pk, failed(code, message));
        return partly(input, tally, null);
      }
      if (!(error instanceof GatewayError)) throw error;
      throw errorOf(error, tally, part.pks, false);
    }
    desk.progress(tally.fates.size, pks.length);
  }
  const { messages, notes } = tallyJson(tally);
  return {
    status: 200,
    body: {
      ...last,
      pks: pks.map(keyJson),
      ...(messages === undefined ? {} : { messages }),
      ...(notes === undefined ? {} : { notes }),
    },
  };
};

import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { linkedLabel, messagesJson, saidIn } from '../contract/message.ts';
import { modelJson, modelOf } from '../contract/model.ts';
import { createNotes } from '../contract/notes.ts';
import type { Desk } from '../desk/desk.ts';
import { openForm } from '../desk/open-form.ts';
import { forbidden } from '../desk/refused.ts';
import type { Visit } from '../desk/visit.ts';
import { overlay } from '../forms/overlay.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { pressed } from '../write/button.ts';
import { postForm, throwRefusal, unknownOutcome } from '../write/post-form.ts';
import { asInvalid, refuseSensitive } from '../write/refuse-data.ts';

export interface CreateInput extends Input<'create'> {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Whether data may name one of the project's own buttons. */
  readonly withButtons?: boolean | undefined;
}

/** The key of what was added: from the address of its page, never from a guess. */
const addedKey = ({ outcome }: Visit, model: ModelRef): string | null => {
  if (!('target' in outcome)) return null;
  const { target } = outcome;
  const isOwn =
    target.kind === 'change' &&
    target.appLabel === model.appLabel &&
    target.modelName === model.modelName;
  return isOwn ? target.pk : null;
};

/** Whether the answer proves that something was added, with or without its key. */
const isProof = (done: Visit, pk: string | null): boolean => {
  const { kind } = done.outcome;
  const isSaid = saidIn(done).messages.some(({ levelNumber }) => levelNumber === 25);
  if (kind === 'popup_done') return true;
  return pk !== null || isSaid || kind === 'done';
};

export const savedJson = (done: Visit, model: ModelRef, pk: string | null): JsonObject => {
  const said = saidIn(done);
  const notes = createNotes();
  const label = linkedLabel(said);
  if (pk === null)
    notes.add('pk', 'the project redirects elsewhere after adding; the object exists');
  if (label === null) notes.add('label', 'only known from the success message; see retrieve');
  return {
    ...modelJson(model),
    pk: pk === null ? null : keyJson(pk),
    label,
    redirect: 'location' in done.outcome ? done.outcome.location : null,
    messages: messagesJson(said),
    ...notes.json(),
  };
};

/** Two requests: the add page and its form. */
export const create = (input: CreateInput, desk: Desk): Promise<Answer> =>
  desk.caller.exclusive(async () => {
    const model = modelOf(input);
    refuseSensitive(input.data);
    const open = await openForm(desk, model, null, input.query);
    if (open.page.form !== null && open.page.mode === 'view') throw forbidden();
    const options = { timeZone: open.page.frame.timeZone };
    const { button, data } = pressed(open.page, input.data, input.withButtons === true);
    const filled = asInvalid(() => overlay(open.page, data, options));
    const done = await postForm(desk, open, filled, button);
    throwRefusal(open, done);
    const pk = addedKey(done, model);
    if (!isProof(done, pk)) throw unknownOutcome(done);
    if (pk === null && done.outcome.kind === 'warned')
      throw new GatewayError('unknown_outcome', 'The admin answered with a warning only.', {
        details: { messages: messagesJson(saidIn(done)) },
      });
    return { status: 201, body: { created: true, ...savedJson(done, model, pk) } };
  });

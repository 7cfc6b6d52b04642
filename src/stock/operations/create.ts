import type { Input } from '../../operations/catalogue.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { linkedLabel, saidIn } from '../contract/message.ts';
import { modelJson, modelOf } from '../contract/model.ts';
import { createNotes } from '../contract/notes.ts';
import { objectJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { messagesOf } from '../desk/drain.ts';
import { openForm } from '../desk/open-form.ts';
import { forbidden } from '../desk/refused.ts';
import type { Visit } from '../desk/visit.ts';
import { overlay } from '../forms/overlay.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { pressed } from '../write/button.ts';
import { planOf } from '../write/plan-save.ts';
import { postForm, throwRefusal, unknownOutcome } from '../write/post-form.ts';
import { adjustedJson, readSaved } from '../write/read-saved.ts';
import { asInvalid } from '../write/refuse-data.ts';

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

/**
 * Whether the answer proves that something was added: the admin said so, or led to the page
 * of the new object without a warning. A redirect to anywhere else proves nothing by itself.
 */
const isProof = (
  { outcome }: Visit,
  pk: string | null,
  messages: readonly JsonValue[],
): boolean => {
  const isSaid = messages.some((each) => isJsonObject(each) && each['level'] === 'success');
  return outcome.kind === 'popup_done' || isSaid || (outcome.kind === 'done' && pk !== null);
};

/** What is known of a new object whose page cannot be read. */
const unreadJson = (done: Visit, model: ModelRef, pk: string | null): JsonObject => {
  const label = linkedLabel(saidIn(done));
  const notes = createNotes();
  if (pk === null)
    notes.add('pk', 'the project redirects elsewhere after adding; the object exists');
  if (label === null) notes.add('label', 'only known from the success message; see retrieve');
  return { ...modelJson(model), pk: pk === null ? null : keyJson(pk), label, ...notes.json() };
};

/** The new object as it is, where this user may look at it. */
const savedJson = async (
  desk: Desk,
  done: Visit,
  model: ModelRef,
  pk: string | null,
  data: JsonObject,
): Promise<JsonObject> => {
  const after = pk === null ? undefined : await readSaved(desk, { ...model, pk }, undefined);
  if (after === undefined) return unreadJson(done, model, pk);
  const adjusted = adjustedJson(after, data);
  return {
    ...objectJson(after),
    ...(Object.keys(adjusted).length === 0 ? {} : { adjusted }),
  };
};

/** Three requests: the add page, its form, and the new object. */
export const create = (input: CreateInput, desk: Desk): Promise<Answer> =>
  desk.caller.exclusive(async () => {
    const model = modelOf(input);
    const open = await openForm(desk, model, null, input.query);
    if (open.page.form !== null && open.page.mode === 'view') throw forbidden();
    const options = { timeZone: open.page.frame.timeZone };
    const { button, data, isCustom } = pressed(open.page, input.data, input.withButtons === true);
    const filled = asInvalid(() => overlay(open.page, data, options));
    if (input.dry_run === true)
      return planOf({ open, filled, pressed: isCustom ? button.name : undefined });
    const done = await postForm(desk, open, filled, button);
    throwRefusal(open, done);
    const pk = addedKey(done, model);
    const said = await messagesOf(desk, done);
    if (!isProof(done, pk, said.messages)) throw unknownOutcome(done, said.messages);
    const saved = await savedJson(desk, done, model, pk, data);
    const notes = [...((saved['notes'] ?? []) as JsonValue[]), ...(said.notes ?? [])];
    return {
      status: 201,
      body: {
        created: true,
        ...saved,
        redirect: 'location' in done.outcome ? done.outcome.location : null,
        messages: said.messages,
        ...(notes.length === 0 ? {} : { notes }),
      },
    };
  });

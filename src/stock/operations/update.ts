import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { valueJson } from '../contract/field.ts';
import { keyJson } from '../contract/key.ts';
import { messagesJson, saidIn, shownMessageJson } from '../contract/message.ts';
import { modelJson, objectOf } from '../contract/model.ts';
import { objectJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { type OpenForm, openForm, stockForm } from '../desk/open-form.ts';
import { forbidden, Refused, refused } from '../desk/refused.ts';
import type { Visit } from '../desk/visit.ts';
import { overlay } from '../forms/overlay.ts';
import type { ObjectRef } from '../pages/types/shared.ts';
import { pressed } from '../write/button.ts';
import { realHazards, refuseHazards } from '../write/hazard-refusal.ts';
import { postForm, throwRefusal, unknownOutcome } from '../write/post-form.ts';
import { asInvalid, refuseSensitive } from '../write/refuse-data.ts';
import { updateInList } from '../write/update-in-list.ts';
import { verifyTimes, withTimes } from '../write/verify-times.ts';

export interface UpdateInput extends Input<'update'> {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Whether data may name one of the project's own buttons. */
  readonly withButtons?: boolean | undefined;
}

/** Fields whose value is not what was sent: a hook or a `clean` made another of it. */
const adjustedJson = (after: OpenForm, data: JsonObject): JsonObject => {
  const { inlines: _, ...own } = data;
  const comparable = after.page.fields.filter(
    ({ name, widget, readonly }) =>
      name in own && widget.kind !== 'password' && widget.kind !== 'file' && !readonly,
  );
  const adjusted = comparable.filter((field) => {
    const given = { [field.name]: own[field.name] ?? null };
    try {
      return (
        overlay({ ...after.page, inlines: [] }, given, { timeZone: after.page.frame.timeZone })
          .changed.length > 0
      );
    } catch {
      return false;
    }
  });
  return Object.fromEntries(adjusted.map((field) => [field.name, valueJson(field)]));
};

/** The page of the object once more; undefined where it fails, which says nothing of the save. */
const readAgain = async (
  desk: Desk,
  before: OpenForm,
  object: ObjectRef,
  input: UpdateInput,
): Promise<OpenForm | undefined> => {
  try {
    const after = await openForm(desk, before.model, object.pk, input.query, true);
    stockForm(after);
    return after;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    // The end of the session and a time limit too: none of them undoes the save.
    if (error instanceof GatewayError && error.reason !== 'internal') return undefined;
    throw error;
  }
};

const unread = (object: ObjectRef, label: string | null): JsonObject => ({
  ...modelJson(object),
  pk: keyJson(object.pk),
  label,
  notes: ['fields: saved, but the page of the object could not be read afterwards'],
});

/** Where a save leads to another object of the model, that is the one to read. */
const savedAs = ({ outcome }: Visit, object: ObjectRef): ObjectRef => {
  const target = 'target' in outcome ? outcome.target : undefined;
  const isOwn =
    target?.kind === 'change' &&
    target.modelName === object.modelName &&
    target.appLabel === object.appLabel;
  return isOwn ? { ...object, pk: target.pk } : object;
};

/** The answer after a save: the object as it is now, and what the admin said. */
const answerOf = async (
  desk: Desk,
  open: OpenForm,
  object: ObjectRef,
  input: UpdateInput,
  done: Visit,
): Promise<Answer> => {
  const isClear = done.outcome.kind === 'done' || done.outcome.kind === 'popup_done';
  const after = await readAgain(desk, open, savedAs(done, object), input);
  const said = saidIn(done);
  // Rows and files cannot be compared with what was sent.
  const isComparable = !('inlines' in input.data) && after !== undefined;
  if (!isClear && !isComparable) throw unknownOutcome(done, messagesJson(said));
  const adjusted = after === undefined ? {} : adjustedJson(after, input.data);
  // With a warning instead of a success only the values can tell.
  if (!isClear && Object.keys(adjusted).length > 0)
    throw refused(
      409,
      'not_saved',
      'The admin answered with a warning and did not save all of it.',
      {
        messages: messagesJson(said),
        fields: adjusted,
      },
    );
  const shown =
    said.complete || after === undefined ? [] : after.page.frame.messages.map(shownMessageJson);
  return {
    status: 200,
    body: {
      ...(after === undefined ? unread(object, open.page.objectLabel) : objectJson(after)),
      messages: [...messagesJson(said), ...shown],
      ...(isClear && Object.keys(adjusted).length > 0 ? { adjusted } : {}),
      ...('location' in done.outcome ? { redirect: done.outcome.location } : {}),
    },
  };
};

/**
 * Three requests: the form, its post, and the object afterwards; one more in between where
 * the form has times, to make sure that posting them back changes none of them.
 */
export const update = (input: UpdateInput, desk: Desk): Promise<Answer> =>
  desk.caller.exclusive(async () => {
    const object = objectOf(input);
    const { pk, ...model } = object;
    refuseSensitive(input.data);
    const open = await openForm(desk, model, pk, input.query);
    stockForm(open);
    const { page } = open;
    if (page.mode === 'view') throw forbidden();
    const { button, data, isCustom } = pressed(page, input.data, input.withButtons === true);
    const options = { timeZone: page.frame.timeZone };
    const filled = asInvalid(() => overlay(page, data, options));
    // Saving what is there already would only add "No fields changed." to the log.
    if (filled.changed.length === 0 && !isCustom)
      return { status: 200, body: { ...objectJson(open), messages: [], unchanged: true } };
    const hazards = realHazards(filled.hazards, filled.changed);
    const lost = hazards.filter(({ kind }) => kind !== 'precision');
    // Times can be looked up, which is not worth it where the form cannot be saved anyway.
    const verified =
      lost.length > 0
        ? { hazards: lost, times: new Map<string, string>() }
        : await verifyTimes(desk, object, page.fields, hazards);
    if (verified.hazards.length > 0) {
      const inList = isCustom ? undefined : await updateInList(desk, object, data);
      if (inList === undefined) refuseHazards(verified.hazards);
      else return answerOf(desk, open, object, { ...input, data }, inList);
    }
    const pairs = withTimes(filled.pairs, verified.times);
    const done = await postForm(desk, open, { ...filled, pairs }, button);
    throwRefusal(open, done);
    return answerOf(desk, open, object, { ...input, data }, done);
  });

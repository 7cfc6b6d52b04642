import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { messagesJson, saidIn, shownMessageJson } from '../contract/message.ts';
import { modelJson } from '../contract/model.ts';
import { objectJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { refused } from '../desk/refused.ts';
import type { Visit } from '../desk/visit.ts';
import type { ObjectRef } from '../pages/types/shared.ts';
import { alsoChanged } from './also-changed.ts';
import { unknownOutcome } from './post-form.ts';
import type { PreparedUpdate, UpdateInput } from './prepare-update.ts';
import { adjustedJson, readSaved } from './read-saved.ts';

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

const filledIn = (name: string, found: JsonObject): JsonObject =>
  Object.keys(found).length === 0 ? {} : { [name]: found };

/** The answer after a save: the object as it is now, what else changed, and what the admin said. */
export const answerAfter = async (
  desk: Desk,
  { open, object, data }: PreparedUpdate,
  query: UpdateInput['query'],
  done: Visit,
): Promise<Answer> => {
  const isClear = done.outcome.kind === 'done' || done.outcome.kind === 'popup_done';
  const saved = savedAs(done, object);
  const after = await readSaved(desk, saved, query);
  const said = saidIn(done);
  // Rows and files cannot be compared with what was sent.
  const isComparable = !('inlines' in data) && after !== undefined;
  if (!isClear && !isComparable) throw unknownOutcome(done, messagesJson(said));
  const adjusted = after === undefined ? {} : adjustedJson(after, data);
  // With a warning instead of a success only the values can tell.
  if (!isClear && Object.keys(adjusted).length > 0)
    throw refused(
      409,
      'not_saved',
      'The admin answered with a warning and did not save all of it.',
      { messages: messagesJson(said), fields: adjusted },
    );
  const shown =
    said.complete || after === undefined ? [] : after.page.frame.messages.map(shownMessageJson);
  const others =
    after === undefined || saved.pk !== object.pk ? {} : alsoChanged(open.page, after.page, data);
  return {
    status: 200,
    body: {
      ...(after === undefined ? unread(object, open.page.objectLabel) : objectJson(after)),
      messages: [...messagesJson(said), ...shown],
      ...filledIn('adjusted', adjusted),
      ...filledIn('also_changed', others),
      ...('location' in done.outcome ? { redirect: done.outcome.location } : {}),
    },
  };
};

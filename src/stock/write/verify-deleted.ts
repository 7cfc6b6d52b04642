import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import type { Desk } from '../desk/desk.ts';
import { openList } from '../desk/open-list.ts';
import { Refused } from '../desk/refused.ts';
import { rowsByKey } from '../desk/rows-by-key.ts';
import type { Selection } from '../desk/selection.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { type Fate, failed, fatesJson } from './fates.ts';

const withNote = ({ status, body }: Answer, note: string, more: JsonObject = {}): Answer => {
  const { notes } = body;
  return {
    status,
    body: { ...body, ...more, notes: [...(Array.isArray(notes) ? notes : []), note] },
  };
};

const notDeleted = (isAll: boolean, { body }: Answer, more: JsonObject): Answer => {
  const { executed: _, ...said } = body;
  const { body: error } = isAll
    ? refusal(409, 'not_saved', 'The admin deleted none of these objects.')
    : refusal(409, 'partly_saved', 'Some of these objects are still there.');
  return { status: 409, body: { ...error, ...said, ...more } };
};

const ofKeys = async (
  desk: Desk,
  model: ModelRef,
  { pks }: Selection,
  answer: Answer,
): Promise<Answer> => {
  const { rows } = await rowsByKey(desk, model, pks);
  if (rows.size === 0) return answer;
  const left = failed('not_saved', 'The admin did not delete this object.');
  const fates = new Map(
    pks.map((pk): [string, Fate] => [pk, rows.has(pk) ? left : { kind: 'done' }]),
  );
  return notDeleted(rows.size === pks.length, answer, { ...fatesJson(pks, fates) });
};

const ofAll = async (
  desk: Desk,
  model: ModelRef,
  { across, matched }: Selection,
  answer: Answer,
): Promise<Answer> => {
  const total = (await openList(desk, model, across ?? undefined))?.page.total ?? null;
  if (total === null || total === 0) return answer;
  const remaining = { remaining: total };
  return matched !== null && total >= matched
    ? notDeleted(true, answer, remaining)
    : withNote(answer, 'remaining: still match; they may be new', remaining);
};

/**
 * Looks whether `delete_selected` deleted what was selected: Django counts before it deletes, a
 * project may keep some back (`delete_queryset`), and what others deleted meanwhile is gone
 * without a word. One request.
 */
export const verifyDeleted = async (
  desk: Desk,
  model: ModelRef,
  selection: Selection,
  answer: Answer,
): Promise<Answer> => {
  if (answer.body['executed'] !== true) return answer;
  try {
    return await (selection.across === null ? ofKeys : ofAll)(desk, model, selection, answer);
  } catch (error) {
    if (!(error instanceof GatewayError || error instanceof Refused)) throw error;
    return withNote(answer, 'executed: the list could not be read afterwards, to see what is left');
  }
};

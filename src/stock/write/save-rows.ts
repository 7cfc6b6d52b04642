import { GatewayError } from '../../operations/errors.ts';
import type { Versions } from '../../operations/given-versions.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Desk } from '../desk/desk.ts';
import { Refused } from '../desk/refused.ts';
import { rowsByKey } from '../desk/rows-by-key.ts';
import { maxControls } from '../desk/submit.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { staleAmong } from './check-versions.ts';
import { type Fate, type Fates, failed, isAnyDone } from './fates.ts';
import {
  isChanged,
  type ReadyRows,
  type RowUpdate,
  readyRows,
  refuseBlanks,
} from './list-editable.ts';
import { type ChunkOutcome, notValid, saveChunk } from './save-chunk.ts';
import {
  answerOf,
  cancelled,
  errorOf,
  type Failure,
  failureOf,
  newTally,
  undone,
} from './tally.ts';
import { unhurried } from './unhurried.ts';

/** Controls of the form beside its rows: the management form, the button, the CSRF token. */
const ownControls = 6;

/** Rows that a form has room for, in the order given; a row alone is always tried. */
const chunksOf = (rows: readonly RowUpdate[], sizeOf: (pk: string) => number): RowUpdate[][] => {
  const chunks: RowUpdate[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = sizeOf(row.pk);
    if (size > room || chunks.length === 0) {
      chunks.push([]);
      room = maxControls - ownControls;
    }
    chunks.at(-1)?.push(row);
    room -= size;
  }
  return chunks;
};

/** Nothing of this chunk was sent, for a reason that the earlier ones could not know. */
const unsent = (pks: readonly string[], errors: Fates, failure: Failure): ChunkOutcome => ({
  fates: undone(pks, errors),
  failure,
  messages: [],
  notes: [],
});

const conflicting: Failure = {
  status: 409,
  code: 'conflict',
  message: 'Rows are not as they were when the call began.',
};

/**
 * Saves one of several chunks. Its rows are read once more, since what is posted holds the
 * other editable columns too, and the reading for the whole call may be minutes old.
 */
const saveFresh = async (
  desk: Desk,
  model: ModelRef,
  chunk: readonly RowUpdate[],
  versions: Versions,
): Promise<ChunkOutcome> => {
  const pks = chunk.map(({ pk }) => pk);
  const found = await rowsByKey(desk, model, pks);
  const gone = found.missing.map((pk): [string, Fate] => [pk, failed('not_found', 'Not found.')]);
  if (gone.length > 0) return unsent(pks, new Map(gone), notValid);
  const own = new Map([...versions].filter(([pk]) => found.rows.has(pk)));
  const stale = await staleAmong(desk, model, own, found.rows);
  if (stale.length > 0) {
    const errors = stale.map(({ pk, version }): [string, Fate] => [
      pk,
      failed('conflict', 'This row is not as it was.', { version }),
    ]);
    return unsent(pks, new Map(errors), conflicting);
  }
  const ready = readyRows(found, chunk);
  await refuseBlanks(desk, model, ready);
  return saveChunk(unhurried(desk), model, ready);
};

/**
 * Saves changed rows in as many forms as Django's limit of controls makes necessary, each all
 * or nothing. Whatever can be known was looked at before; the first form that fails is the last.
 *
 * @param versions of the rows as they were when the call began, for the later forms
 */
export const saveRows = async (
  desk: Desk,
  model: ModelRef,
  ready: ReadyRows,
  versions: Versions,
): Promise<Answer> => {
  const { updates, laid, found } = ready;
  const sizes = new Map(updates.map(({ pk }, i) => [pk, laid.sizes[i] ?? 0]));
  const changing = updates.filter(({ pk }) => isChanged(laid, pk));
  const tally = newTally(updates.map(({ pk }) => pk));
  for (const { pk } of updates)
    if (!isChanged(laid, pk)) tally.fates.set(pk, { kind: 'unchanged' });
  const chunks = chunksOf(changing, (pk) => sizes.get(pk) ?? 0);
  for (const chunk of chunks) {
    const isBegun = isAnyDone(tally.fates);
    if (desk.signal.aborted) throw cancelled(tally);
    try {
      const outcome =
        chunks.length === 1
          ? await saveChunk(unhurried(desk), model, readyRows(found, chunk))
          : await saveFresh(desk, model, chunk, versions);
      for (const [pk, fate] of outcome.fates) tally.fates.set(pk, fate);
      tally.messages.push(...outcome.messages);
      tally.notes.push(...outcome.notes);
      if (outcome.failure !== undefined) return answerOf(tally, outcome.failure);
    } catch (error) {
      if (error instanceof Refused && isBegun) return answerOf(tally, failureOf(error));
      if (!(error instanceof GatewayError)) throw error;
      const keys = chunk.map(({ pk }) => pk);
      throw errorOf(error, tally, keys, chunks.length === 1);
    }
    desk.progress(tally.fates.size, updates.length);
  }
  return answerOf(tally, undefined);
};

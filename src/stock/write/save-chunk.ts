import { GatewayError } from '../../operations/errors.ts';
import type { JsonValue } from '../../operations/json.ts';
import { countIn, saidIn } from '../contract/message.ts';
import type { Desk } from '../desk/desk.ts';
import { messagesOf } from '../desk/drain.ts';
import { detailsOf, type Visit } from '../desk/visit.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { type Fates, failed } from './fates.ts';
import { isChanged, postRows, type ReadyRows } from './list-editable.ts';
import { readBack } from './read-back.ts';
import { errorsOfRows } from './row-errors.ts';
import { type Failure, undone } from './tally.ts';

/** What one form with rows came to. */
export interface ChunkOutcome {
  readonly fates: Fates;
  readonly failure?: Failure;
  readonly messages: readonly JsonValue[];
  readonly notes: readonly JsonValue[];
}

export const notValid: Failure = {
  status: 400,
  code: 'validation_failed',
  message: 'Not every row could be changed; none was.',
};

const nothingSaid = { messages: [], notes: [] };

/** A form that did not get as far as the rows: the same for all of them. */
const refusedWhole = (pks: readonly string[], failure: Failure): ChunkOutcome => {
  const { code, message } = failure;
  return {
    fates: new Map(pks.map((pk) => [pk, failed(code, message)])),
    failure,
    ...nothingSaid,
  };
};

const returned = async (
  desk: Desk,
  model: ModelRef,
  ready: ReadyRows,
  done: Visit,
): Promise<ChunkOutcome> => {
  const seen = await errorsOfRows(desk, model, ready, done);
  // Whatever stood in the way was gone when the form came once more to show its other rows.
  if (seen.saved !== undefined) return saved(desk, model, ready, seen.saved);
  const { errors, note } = seen;
  return {
    fates: undone(
      ready.updates.map(({ pk }) => pk),
      errors,
    ),
    failure: { ...notValid, ...(note === undefined ? {} : { note }) },
    ...nothingSaid,
  };
};

const saved = async (
  desk: Desk,
  model: ModelRef,
  ready: ReadyRows,
  done: Visit,
): Promise<ChunkOutcome> => {
  const count = countIn(saidIn(done));
  const sent = ready.updates.filter(({ pk }) => isChanged(ready.laid, pk)).length;
  const fates: Fates =
    sent === 0 || count === sent
      ? new Map(ready.updates.map(({ pk }) => [pk, { kind: 'done' }]))
      : await readBack(desk, model, ready, count === undefined ? undefined : sent - count);
  const { messages, notes = [] } = await messagesOf(desk, done);
  const isAll = [...fates.values()].every(({ kind }) => kind === 'done');
  const failure = {
    status: 409,
    code: 'not_saved',
    message: 'The admin saved none of these rows, without saying why.',
  };
  return { fates, messages, notes, ...(isAll ? {} : { failure }) };
};

/**
 * Posts rows as one form, which Django saves all or nothing (but for rows that it skips).
 *
 * @throws GatewayError `unknown_outcome` and those of the client
 */
export const saveChunk = async (
  desk: Desk,
  model: ModelRef,
  ready: ReadyRows,
): Promise<ChunkOutcome> => {
  const pks = ready.updates.map(({ pk }) => pk);
  const done = await postRows(desk, model, ready.found, ready.laid);
  const { outcome } = done;
  switch (outcome.kind) {
    case 'forbidden':
      return refusedWhole(pks, {
        status: 403,
        code: 'forbidden',
        message: 'You do not have permission.',
      });
    case 'bad_request':
      return refusedWhole(pks, {
        status: 400,
        code: 'bad_request',
        message: 'Django refused the form (400); nothing was saved.',
      });
    case 'returned':
      return returned(desk, model, ready, done);
    case 'done':
    case 'warned':
      return saved(desk, model, ready, done);
    default:
      throw new GatewayError('unknown_outcome', 'Whether the rows were saved cannot be told.', {
        hint: 'Look at the objects before trying again.',
        details: detailsOf(outcome),
      });
  }
};

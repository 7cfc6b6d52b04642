import type { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { partlyDone, stopped } from '../../operations/partly-done.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import type { Refused } from '../desk/refused.ts';
import { type Fate, type Fates, failed, fatesJson, isAnyDone } from './fates.ts';

/** Why not everything was done. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What the admin said of the form as a whole. */
  readonly note?: string;
}

/** What is known of a call on many objects while its forms are being sent. */
export interface Tally {
  readonly pks: readonly string[];
  readonly fates: Map<string, Fate>;
  readonly messages: JsonValue[];
  readonly notes: JsonValue[];
}

export const newTally = (pks: readonly string[]): Tally => ({
  pks,
  fates: new Map(),
  messages: [],
  notes: [],
});

const unknownFate = failed('unknown_outcome', 'Whether this was done cannot be told.');

/** Objects without a fault of their own share the fate of their form. */
export const undone = (pks: readonly string[], errors: Fates): Fates =>
  new Map(pks.map((pk): [string, Fate] => [pk, errors.get(pk) ?? { kind: 'rolled_back' }]));

/** Where nothing was saved, rows that were right already are nobody's success. */
const withoutUnchanged = (fates: Fates): Fates =>
  new Map(
    [...fates].map(([pk, fate]): [string, Fate] => [
      pk,
      fate.kind === 'unchanged' ? { kind: 'rolled_back' } : fate,
    ]),
  );

export const tallyJson = ({ pks, fates, messages, notes }: Tally): JsonObject => ({
  ...fatesJson(pks, fates),
  messages: [...messages],
  ...(notes.length === 0 ? {} : { notes: [...new Set(notes)] }),
});

/** The answer to a bulk edit: 200 where all of it was done. */
export const answerOf = (tally: Tally, failure: Failure | undefined): Answer => {
  if (failure === undefined) return { status: 200, body: tallyJson(tally) };
  const { status, code, message, note } = failure;
  const noted = note === undefined ? {} : { note };
  if (isAnyDone(tally.fates)) {
    const { body } = refusal(409, 'partly_saved', 'Some rows were saved and others were not.');
    return { status: 409, body: { ...body, ...tallyJson(tally), ...noted } };
  }
  const told = { ...tally, fates: new Map(withoutUnchanged(tally.fates)) };
  const { body } = refusal(status, code, message);
  return { status, body: { ...body, ...tallyJson(told), ...noted } };
};

/** The refusal of a later form, before anything of it was sent. */
export const failureOf = ({ answer }: Refused): Failure => {
  const { error } = answer.body;
  const said = isJsonObject(error) ? error : {};
  return {
    status: answer.status,
    code: String(said['code']),
    message: String(said['message']),
  };
};

/** Whether a form may have taken effect although its answer failed. */
const leavesUnknown = ({ reason, details }: GatewayError): boolean =>
  reason === 'unknown_outcome' || details?.['partly_done'] === true;

/**
 * The error of a form among others. Where its answer failed, the form may have taken effect all
 * the same; else its objects were not tried.
 *
 * @param isOnly there is no other form, so that the error says everything
 */
export const errorOf = (
  error: GatewayError,
  tally: Tally,
  pks: readonly string[],
  isOnly: boolean,
): GatewayError => {
  const isUnknown = leavesUnknown(error);
  if (isUnknown) for (const pk of pks) tally.fates.set(pk, unknownFate);
  return isAnyDone(tally.fates) || (isUnknown && !isOnly)
    ? partlyDone(error, tallyJson(tally))
    : error;
};

/** Nobody waits any more, seen before the next form is sent. */
export const cancelled = (tally: Tally): GatewayError => {
  const { pks, fates } = tally;
  const done = [...fates.values()].filter(({ kind }) => kind === 'done').length;
  const error = stopped(done, pks.length);
  return done === 0 ? error : partlyDone(error, tallyJson(tally));
};

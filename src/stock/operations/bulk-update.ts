import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { countIn, saidIn } from '../contract/message.ts';
import { modelOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { messagesOf } from '../desk/drain.ts';
import { forbidden } from '../desk/refused.ts';
import { type RowsByKey, rowsByKey } from '../desk/rows-by-key.ts';
import { detailsOf, type Visit } from '../desk/visit.ts';
import type { RowsOverlay } from '../forms/overlay-rows.ts';
import { readChangelist } from '../pages/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { realHazards, refuseHazards } from '../write/hazard-refusal.ts';
import {
  cellErrors,
  editableColumns,
  layRows,
  postRows,
  type RowUpdate,
  rowHazards,
} from '../write/list-editable.ts';
import { refuseSensitive } from '../write/refuse-data.ts';

type RowErrors = ReadonlyMap<string, JsonObject>;

const error = (code: string, message: string, more: JsonObject = {}): JsonObject => ({
  code,
  message,
  ...more,
});

/** All or nothing: rows without a fault of their own are reported as rolled back. */
const rejected = (pks: readonly string[], errors: RowErrors, more: JsonObject = {}): Answer => {
  const results = pks.map((pk) => {
    const own = errors.get(pk);
    return own === undefined
      ? { pk: keyJson(pk), ok: false, rolled_back: true }
      : { pk: keyJson(pk), ok: false, error: own };
  });
  const { body } = refusal(400, 'validation_failed', 'Not every row could be changed; none was.');
  return {
    status: 400,
    body: { ...body, results, summary: { accepted: 0, rejected: pks.length }, ...more },
  };
};

const forEach = (pks: readonly string[], value: JsonObject): RowErrors =>
  new Map(pks.map((pk) => [pk, value]));

/** Errors of a list that came back; Django numbers the rows as they were sent. */
const errorsIn = (
  done: Visit,
  pks: readonly string[],
): { readonly rows: RowErrors; readonly note: string | null } => {
  const page = readChangelist(done.response.text, done.address);
  const rows = new Map<string, JsonObject>();
  for (const row of page.rows) {
    const fields = cellErrors(row);
    const pk = row.pk ?? (row.formIndex === null ? undefined : pks[row.formIndex]);
    if (pk === undefined || (fields.length === 0 && row.errors.length === 0)) continue;
    rows.set(
      pk,
      error('validation_failed', 'One or more fields are invalid.', {
        fields: {
          ...(row.errors.length === 0 ? {} : { '': [...row.errors] }),
          ...Object.fromEntries(fields),
        },
      }),
    );
  }
  return { rows, note: page.errorNote ?? page.formsetErrors[0] ?? null };
};

/** Keys whose row still shows other values than were sent: Django 6.1 skips rows without a word. */
const skipped = async (
  desk: Desk,
  model: ModelRef,
  updates: readonly RowUpdate[],
  timeZone: string | null,
): Promise<Set<string>> => {
  const after = await rowsByKey(
    desk,
    model,
    updates.map(({ pk }) => pk),
  );
  const present = updates.filter(({ pk }) => after.rows.has(pk));
  const { changed } = layRows(after, present, timeZone);
  return new Set([...changed].filter(([, names]) => names.length > 0).map(([pk]) => pk));
};

const saved = async (
  desk: Desk,
  model: ModelRef,
  updates: readonly RowUpdate[],
  laid: RowsOverlay,
  done: Visit,
  timeZone: string | null,
): Promise<Answer> => {
  const said = saidIn(done);
  const expected = [...laid.changed.values()].filter((names) => names.length > 0).length;
  const isAll = expected === 0 || countIn(said) === expected;
  const left = isAll ? new Set<string>() : await skipped(desk, model, updates, timeZone);
  const results = updates.map(({ pk }) =>
    left.has(pk)
      ? {
          pk: keyJson(pk),
          ok: false,
          error: error('not_saved', 'The admin did not save this row.'),
        }
      : { pk: keyJson(pk), ok: true },
  );
  const summary = { accepted: updates.length - left.size, rejected: left.size };
  const messages = await messagesOf(desk, done);
  if (left.size === 0) return { status: 200, body: { results, summary, ...messages } };
  const { body } = refusal(409, 'partly_saved', 'Some rows were saved and others were not.');
  return { status: 409, body: { ...body, results, summary, ...messages } };
};

const nameOf = (names: readonly string[]): string => names.join(', ');

/** Faults that are known before anything is sent. */
const faults = (
  found: RowsByKey,
  pks: readonly string[],
  data: JsonObject,
): RowErrors | undefined => {
  const editable = new Set(editableColumns(found));
  const others = Object.keys(data).filter((name) => !editable.has(name));
  if (found.rows.size > 0 && others.length > 0)
    return forEach(
      pks,
      error('bad_request', `Field(s) not editable in the list view: ${nameOf(others)}.`, {
        editable: [...editable],
      }),
    );
  return found.missing.length === 0
    ? undefined
    : forEach(found.missing, error('not_found', 'Not found.'));
};

/** Two requests: the list of just these rows, and its form; a third where the admin saved less. */
export const bulkUpdate = (input: Input<'bulk_update'>, desk: Desk): Promise<Answer> =>
  desk.caller.exclusive(async () => {
    const model = modelOf(input);
    refuseSensitive(input.data);
    const pks = [...new Set(input.pks)];
    const found = await rowsByKey(desk, model, pks);
    const known = faults(found, pks, input.data);
    if (known !== undefined) return rejected(pks, known);
    const updates = pks.map((pk) => ({ pk, data: input.data }));
    const { timeZone } = found.list.frame;
    const laid = layRows(found, updates, timeZone);
    const changing = updates.filter(({ pk }) => (laid.changed.get(pk)?.length ?? 0) > 0);
    refuseHazards(realHazards(rowHazards(found, changing), []));
    const done = await postRows(desk, model, found, laid);
    const { outcome } = done;
    if (outcome.kind === 'forbidden') throw forbidden();
    if (outcome.kind === 'returned') {
      const { rows, note } = errorsIn(done, pks);
      return rejected(pks, rows, note === null ? {} : { note });
    }
    if (outcome.kind === 'done' || outcome.kind === 'warned')
      return saved(desk, model, updates, laid, done, timeZone);
    throw new GatewayError('unknown_outcome', 'Whether the rows were saved cannot be told.', {
      hint: 'Look at the objects before trying again.',
      details: detailsOf(outcome),
    });
  });

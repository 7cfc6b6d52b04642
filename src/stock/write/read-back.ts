import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { valueJson } from '../contract/field.ts';
import type { Desk } from '../desk/desk.ts';
import { Refused } from '../desk/refused.ts';
import { type RowsByKey, rowsByKey } from '../desk/rows-by-key.ts';
import { rowVersion } from '../list/row-version.ts';
import type { Row } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { type Fate, type Fates, failed } from './fates.ts';
import { isChanged, isLocked, layRows, type ReadyRows, type RowUpdate } from './list-editable.ts';

const isUnknown = failed(
  'unknown_outcome',
  'The admin saved fewer rows than were sent, and whether this one is among them cannot be told.',
);

/** The version of a row, and the columns that were to be set. */
const nowJson = (row: Row, names: readonly string[]): JsonObject => ({
  version: rowVersion(row),
  fields: Object.fromEntries(
    row.cells.flatMap(({ column, field }) =>
      field !== null && names.includes(column) ? [[column, valueJson(field)] as const] : [],
    ),
  ),
});

const notSaved = failed('not_saved', 'The admin did not save this row.');

/** What became of rows that show no values any more, by how many the admin left out. */
const fateOfMute = (mute: number, left: number | undefined): Fate => {
  if (left === 0) return { kind: 'done' };
  return left === mute ? notSaved : isUnknown;
};

const compared = (
  after: RowsByKey,
  updates: readonly RowUpdate[],
  uncounted: number | undefined,
): Fates => {
  const telling = updates.filter(({ pk, data }) => {
    const row = after.rows.get(pk);
    return row !== undefined && !isLocked(row, data);
  });
  const laid = layRows(after, telling, after.list.frame.timeZone);
  const skipped = telling.filter(({ pk }) => isChanged(laid, pk)).length;
  // A row that was saved may leave this user's list, or be locked from then on.
  const mute = fateOfMute(
    updates.length - telling.length,
    uncounted === undefined ? undefined : uncounted - skipped,
  );
  const told = new Set(telling);
  return new Map(
    updates.map((update): [string, Fate] => {
      const { pk, data } = update;
      const row = after.rows.get(pk);
      const known: Fate = isChanged(laid, pk) ? notSaved : { kind: 'done' };
      const fate = told.has(update) ? known : mute;
      const now = row === undefined ? {} : { now: nowJson(row, Object.keys(data)) };
      return [pk, { ...fate, ...now }];
    }),
  );
};

/**
 * What the list shows after a save that counted other than was sent: Django 6.1 skips rows
 * that this user may not change, without a word.
 *
 * @param uncounted how many rows the admin's own count leaves out, where it gave one
 */
export const readBack = async (
  desk: Desk,
  model: ModelRef,
  { updates }: ReadyRows,
  uncounted: number | undefined,
): Promise<Fates> => {
  const pks = updates.map(({ pk }) => pk);
  try {
    return compared(await rowsByKey(desk, model, pks), updates, uncounted);
  } catch (error) {
    // What was saved is saved; that the list cannot be read must not look like a refusal.
    if (!(error instanceof GatewayError || error instanceof Refused)) throw error;
    return new Map(pks.map((pk) => [pk, isUnknown]));
  }
};

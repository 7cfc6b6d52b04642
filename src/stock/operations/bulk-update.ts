import type { Input } from '../../operations/catalogue.ts';
import { givenVersions } from '../../operations/given-versions.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { modelOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { type RowsByKey, rowsByKey } from '../desk/rows-by-key.ts';
import { asRows, checkVersions } from '../write/check-versions.ts';
import { type Fate, type Fates, failed } from '../write/fates.ts';
import { editableColumns, isLocked, readyRows } from '../write/list-editable.ts';
import { planOfRows } from '../write/plan-rows.ts';
import { notValid } from '../write/save-chunk.ts';
import { saveRows } from '../write/save-rows.ts';
import { answerOf, newTally, undone } from '../write/tally.ts';

const forEach = (pks: readonly string[], fate: Fate): Fates => new Map(pks.map((pk) => [pk, fate]));

/** Faults that are known before anything is sent. */
const faultsIn = (found: RowsByKey, pks: readonly string[], data: JsonObject): Fates => {
  const editable = editableColumns(found);
  const others = Object.keys(data).filter((name) => !editable.includes(name));
  if (found.rows.size > 0 && others.length > 0) {
    const message = `Field(s) not editable in the list view: ${others.join(', ')}.`;
    return forEach(pks, failed('bad_request', message, { editable }));
  }
  const locked = [...found.rows].flatMap(([pk, row]) => (isLocked(row, data) ? [pk] : []));
  return new Map([
    ...forEach(found.missing, failed('not_found', 'Not found.')),
    ...forEach(locked, failed('forbidden', 'This user may not change this row.')),
  ]);
};

/**
 * Two requests: the list of just these rows, and its form; a third where the admin saved less.
 * Many rows take several of each. A version of a form takes one request more.
 */
export const bulkUpdate = async (input: Input<'bulk_update'>, desk: Desk): Promise<Answer> => {
  const pks = [...new Set(input.pks)];
  const versions = givenVersions(input.versions, pks);
  return desk.caller.exclusive(async () => {
    const model = modelOf(input);
    const found = await rowsByKey(desk, model, pks);
    const faults = faultsIn(found, pks, input.data);
    if (faults.size > 0)
      return answerOf({ ...newTally(pks), fates: new Map(undone(pks, faults)) }, notValid);
    await checkVersions(desk, model, versions, found.rows);
    const updates = pks.map((pk) => ({ pk, data: input.data }));
    const ready = readyRows(found, updates);
    if (input.dry_run === true) return planOfRows(model, ready);
    return saveRows(desk, model, ready, asRows(versions, found.rows));
  });
};

import type { Input } from '../../operations/catalogue.ts';
import { givenVersions } from '../../operations/given-versions.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { modelOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { type RowsByKey, rowsByKey } from '../desk/rows-by-key.ts';
import type { Row } from '../pages/types/changelist.ts';
import { asRows, checkVersions } from '../write/check-versions.ts';
import { type Fate, type Fates, failed } from '../write/fates.ts';
import {
  editableColumns,
  isLocked,
  type RowUpdate,
  readyRows,
  refuseBlanks,
} from '../write/list-editable.ts';
import { planOfRows } from '../write/plan-rows.ts';
import { notValid } from '../write/save-chunk.ts';
import { saveRows } from '../write/save-rows.ts';
import { answerOf, newTally, undone } from '../write/tally.ts';

const faultOf = (
  editable: readonly string[],
  row: Row | undefined,
  data: JsonObject,
): Fate | undefined => {
  if (row === undefined) return failed('not_found', 'Not found.');
  const others = Object.keys(data).filter((name) => !editable.includes(name));
  if (others.length > 0) {
    const message = `Field(s) not editable in the list view: ${others.join(', ')}.`;
    return failed('bad_request', message, { editable: [...editable] });
  }
  return isLocked(row, data)
    ? failed('forbidden', 'This user may not change this row.')
    : undefined;
};

/** Faults that are known before anything is sent. */
const faultsIn = (found: RowsByKey, updates: readonly RowUpdate[]): Fates => {
  const editable = editableColumns(found);
  return new Map(
    updates.flatMap(({ pk, data }): [string, Fate][] => {
      const fault = faultOf(editable, found.rows.get(pk), data);
      return fault === undefined ? [] : [[pk, fault]];
    }),
  );
};

/**
 * Two requests: the list of just these rows, and its form; a third where the admin saved less,
 * and one for each column in which a blank may be NULL. Many rows take several of each. A
 * version of a form takes one request more.
 */
export const bulkUpdate = async (input: Input<'bulk_update'>, desk: Desk): Promise<Answer> => {
  const { pks } = input;
  const updates = input.updates.map(({ pk, fields }) => ({ pk, data: fields }));
  const versions = givenVersions(input.versions, pks);
  return desk.caller.exclusive(async () => {
    const model = modelOf(input);
    const found = await rowsByKey(desk, model, pks);
    const faults = faultsIn(found, updates);
    if (faults.size > 0)
      return answerOf({ ...newTally(pks), fates: new Map(undone(pks, faults)) }, notValid);
    await checkVersions(desk, model, versions, found.rows);
    const ready = readyRows(found, updates);
    await refuseBlanks(desk, model, ready);
    if (input.dry_run === true) return planOfRows(model, ready);
    return saveRows(desk, model, ready, asRows(versions, found.rows));
  });
};

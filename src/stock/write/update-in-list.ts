import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Desk } from '../desk/desk.ts';
import { invalid, Refused } from '../desk/refused.ts';
import { type RowsByKey, rowsByKey } from '../desk/rows-by-key.ts';
import { detailsOf, type Visit } from '../desk/visit.ts';
import type { RowsOverlay } from '../forms/overlay-rows.ts';
import { readChangelist } from '../pages/changelist.ts';
import type { ObjectRef } from '../pages/types/shared.ts';
import {
  blankHazards,
  cellErrors,
  editableColumns,
  layRows,
  postRows,
  rowHazards,
} from './list-editable.ts';

const find = async (desk: Desk, { pk, ...model }: ObjectRef): Promise<RowsByKey | undefined> => {
  try {
    return await rowsByKey(desk, model, [pk]);
  } catch (error) {
    if (
      error instanceof Refused ||
      (error instanceof GatewayError && error.reason === 'unsupported')
    )
      return undefined;
    throw error;
  }
};

/** A change of one object, laid over its row of the list. */
export interface ReadyInList {
  readonly found: RowsByKey;
  readonly laid: RowsOverlay;
}

/**
 * A change of an object in the editable columns of its list, which touch nothing else;
 * undefined where some field is no such column, or another column of the row would be
 * damaged.
 */
export const readyInList = async (
  desk: Desk,
  object: ObjectRef,
  data: JsonObject,
): Promise<ReadyInList | undefined> => {
  const names = Object.keys(data);
  const found = await find(desk, object);
  if (found === undefined || found.missing.length > 0) return undefined;
  const editable = editableColumns(found);
  if (names.length === 0 || !names.every((name) => editable.includes(name))) return undefined;
  const updates = [{ pk: object.pk, data }];
  if (rowHazards(found, updates).length > 0) return undefined;
  if ((await blankHazards(desk, object, found, updates)).length > 0) return undefined;
  return { found, laid: layRows(found, updates, found.list.frame.timeZone) };
};

/** Posts it. */
export const saveInList = async (
  desk: Desk,
  { pk: _, ...model }: ObjectRef,
  { found, laid }: ReadyInList,
): Promise<Visit> => {
  const done = await postRows(desk, model, found, laid);
  const { outcome } = done;
  if (outcome.kind === 'returned') {
    const page = readChangelist(done.response.text, done.address);
    const fields = Object.fromEntries(page.rows.flatMap((row) => cellErrors(row)));
    throw invalid(fields, page.errorNote === null ? {} : { note: page.errorNote });
  }
  if (outcome.kind !== 'done' && outcome.kind !== 'warned')
    throw new GatewayError('unknown_outcome', 'Whether the object was saved cannot be told.', {
      details: detailsOf(outcome),
    });
  return done;
};

import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Desk } from '../desk/desk.ts';
import { invalid, Refused } from '../desk/refused.ts';
import { type RowsByKey, rowsByKey } from '../desk/rows-by-key.ts';
import { detailsOf, type Visit } from '../desk/visit.ts';
import { readChangelist } from '../pages/changelist.ts';
import type { ObjectRef } from '../pages/types/shared.ts';
import { cellErrors, editableColumns, layRows, postRows, rowHazards } from './list-editable.ts';

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

/**
 * Changes an object in the editable columns of its list, which touch nothing else; undefined
 * where some field is no such column, or another column of the row would be damaged.
 */
export const updateInList = async (
  desk: Desk,
  object: ObjectRef,
  data: JsonObject,
): Promise<Visit | undefined> => {
  const names = Object.keys(data);
  const found = await find(desk, object);
  if (found === undefined || found.missing.length > 0) return undefined;
  const editable = new Set(editableColumns(found));
  if (names.length === 0 || !names.every((name) => editable.has(name))) return undefined;
  const updates = [{ pk: object.pk, data }];
  if (rowHazards(found, updates).length > 0) return undefined;
  const { pk: _, ...model } = object;
  const laid = layRows(found, updates, found.list.frame.timeZone);
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

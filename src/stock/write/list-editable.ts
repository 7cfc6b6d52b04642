import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { queryText } from '../desk/addresses.ts';
import type { Desk } from '../desk/desk.ts';
import { keyGroups } from '../desk/key-lookups.ts';
import { queryFor, type RowsByKey } from '../desk/rows-by-key.ts';
import { submit } from '../desk/submit.ts';
import type { Visit } from '../desk/visit.ts';
import { findHazards } from '../forms/hazards.ts';
import { overlayRows, type RowsOverlay } from '../forms/overlay-rows.ts';
import { csrfTokenOf } from '../forms/successful.ts';
import type { Hazard } from '../forms/types.ts';
import type { Row } from '../pages/types/changelist.ts';
import type { FormField } from '../pages/types/field.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { realHazards, refuseHazards } from './hazard-refusal.ts';
import { asInvalid } from './refuse-data.ts';
import { verifyBlanks } from './verify-blanks.ts';

export interface RowUpdate {
  readonly pk: string;
  readonly data: JsonObject;
}

/** Names of the columns that can be edited in place; empty where none can. */
export const editableColumns = ({ list }: RowsByKey): string[] =>
  list.formset === null
    ? []
    : list.columns.filter(({ editable }) => editable).map(({ name }) => name);

/** Django 6.1 shows no controls in rows that this user may not change. */
export const isLocked = ({ cells }: Row, data: JsonObject): boolean =>
  Object.keys(data).some((name) =>
    cells.every(({ column, field }) => column !== name || field === null),
  );

/** Errors of a row's cells, by column. */
export const cellErrors = ({ cells }: Row): [string, string[]][] =>
  cells.flatMap(({ column, field }): [string, string[]][] =>
    field == null || field.errors.length === 0 ? [] : [[column, [...field.errors]]],
  );

/** The editable fields of an object's row. */
const fieldsIn = (found: RowsByKey, pk: string): FormField[] =>
  (found.rows.get(pk)?.cells ?? []).flatMap(({ field }) => field ?? []);

/** What saving the rows may do to editable cells that were not set. */
export const rowHazards = (found: RowsByKey, updates: readonly RowUpdate[]): Hazard[] =>
  updates.flatMap(({ pk, data }) => {
    const controls = (found.rows.get(pk)?.cells ?? []).flatMap((cell) => cell.controls);
    return findHazards(fieldsIn(found, pk), controls).filter(({ field }) => !(field in data));
  });

/** The same of cells that are blank, which takes asking; see {@link verifyBlanks}. */
export const blankHazards = (
  desk: Desk,
  model: ModelRef,
  found: RowsByKey,
  updates: readonly RowUpdate[],
): Promise<readonly Hazard[]> => {
  const objects = updates.map(({ pk, data }) => ({
    pk,
    fields: fieldsIn(found, pk),
    touched: new Set(Object.keys(data)),
  }));
  return verifyBlanks(desk, model, objects);
};

/** Whether a row would get other values than it shows. */
export const isChanged = ({ changed }: RowsOverlay, pk: string): boolean =>
  (changed.get(pk)?.length ?? 0) > 0;

export const layRows = (
  found: RowsByKey,
  updates: readonly RowUpdate[],
  timeZone: string | null,
): RowsOverlay =>
  asInvalid(() =>
    overlayRows({ ...found.list, rows: [...found.rows.values()] }, updates, { timeZone }),
  );

/** Changes of rows that are worked out, of which nothing has been sent. */
export interface ReadyRows {
  readonly found: RowsByKey;
  readonly updates: readonly RowUpdate[];
  readonly laid: RowsOverlay;
}

/**
 * @throws Refused 400 `validation_failed` for values that do not fit
 * @throws GatewayError `unsupported` where saving would damage other columns of a row
 */
export const readyRows = (found: RowsByKey, updates: readonly RowUpdate[]): ReadyRows => {
  const laid = layRows(found, updates, found.list.frame.timeZone);
  const changing = updates.filter(({ pk }) => isChanged(laid, pk));
  refuseHazards(realHazards(rowHazards(found, changing), []));
  return { found, updates, laid };
};

/**
 * No request where no cell of a row that changes is blank, or its column never holds NULL.
 *
 * @throws GatewayError `unsupported` where posting the rows would make NULL of a blank text, or
 *   the other way round
 */
export const refuseBlanks = async (
  desk: Desk,
  model: ModelRef,
  { found, updates, laid }: ReadyRows,
): Promise<void> => {
  const changing = updates.filter(({ pk }) => isChanged(laid, pk));
  refuseHazards(await blankHazards(desk, model, found, changing));
};

/** The list that shows the most of these rows on one page. */
const listOf = (desk: Desk, model: ModelRef, pks: readonly string[]): string => {
  const [widest = []] = keyGroups(pks).toSorted((a, b) => b.length - a.length);
  return `${desk.at.changelist(model)}${queryText(queryFor(widest))}`;
};

/**
 * Posts the wanted rows, numbered anew, which every URL of a changelist takes. The list of
 * these rows is where most of them are drawn when the form comes back with errors: Django
 * draws as many of its rows as that page has (all versions).
 */
export const postRows = async (
  desk: Desk,
  model: ModelRef,
  found: RowsByKey,
  { pairs, changed }: RowsOverlay,
): Promise<Visit> => {
  const { form, frame } = found.list;
  if (form === null)
    throw new GatewayError('unsupported', 'No column of this list can be edited in place.');
  return submit(desk, {
    path: listOf(desk, model, [...changed.keys()]),
    referer: found.path,
    token: csrfTokenOf(form) ?? frame.csrfToken,
    pairs: [...pairs, ['_save', 'Save']],
    multipart: form.multipart,
  });
};

import type { Desk } from '../desk/desk.ts';
import { rowsByKey } from '../desk/rows-by-key.ts';
import type { Visit } from '../desk/visit.ts';
import { readChangelist } from '../pages/changelist.ts';
import type { Changelist } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { type Fate, type Fates, failed, invalidFields } from './fates.ts';
import { cellErrors, layRows, postRows, type ReadyRows } from './list-editable.ts';

/** Posts of one form whose only use is to see its other rows; a list may show as few as it likes. */
const maxLooks = 20;

/** What can be learnt of a form that came back: the rows at fault, or that it was saved after all. */
export interface SeenErrors {
  readonly errors: Fates;
  readonly note?: string;
  readonly saved?: Visit;
}

/**
 * Errors of a list that came back. Django numbers the forms as they were sent, and draws each
 * beside the object that has the same place in its own order: key and label of the row are of
 * another object (all versions).
 */
const errorsIn = ({ rows }: Changelist, pks: readonly string[]): [string, Fate][] =>
  rows.flatMap((row): [string, Fate][] => {
    const fields = cellErrors(row);
    const pk = row.formIndex === null ? undefined : pks[row.formIndex];
    if (pk === undefined || (fields.length === 0 && row.errors.length === 0)) return [];
    const whole = row.errors.length === 0 ? {} : { '': row.errors };
    return [
      [pk, { kind: 'failed', error: invalidFields({ ...whole, ...Object.fromEntries(fields) }) }],
    ];
  });

/** How many forms a list has drawn: the first ones. Of some it may show no controls (Django 6.1). */
const drawnIn = ({ rows }: Changelist): number =>
  Math.max(0, ...rows.map(({ formIndex }) => (formIndex ?? -1) + 1));

/** Django marks no row where one of them is gone: its key is an invalid choice of a hidden control. */
const goneAmong = async (desk: Desk, model: ModelRef, pks: readonly string[]): Promise<Fates> => {
  const { missing } = await rowsByKey(desk, model, pks);
  return new Map(missing.map((pk) => [pk, failed('not_found', 'Not found.')]));
};

const unshown = failed(
  'not_saved',
  'Its form was refused, and the admin did not show this row of it.',
);

/**
 * The errors of all rows of a form that came back. Django checks every row and draws no more
 * than its list shows on a page, so the same form is posted again with the rows first that were
 * not seen, until all were: it is the whole form, so it is saved as a whole or not at all.
 *
 * @param first the answer to the form with the rows in the order of `ready`
 */
export const errorsOfRows = async (
  desk: Desk,
  model: ModelRef,
  { found, updates }: ReadyRows,
  first: Visit,
): Promise<SeenErrors> => {
  const errors = new Map<string, Fate>();
  let order = updates;
  let page = readChangelist(first.response.text, first.address);
  const note = page.errorNote ?? page.formsetErrors[0];
  let unseen = updates.length;
  for (let looks = 0; ; looks += 1) {
    for (const [pk, fate] of errorsIn(
      page,
      order.map(({ pk }) => pk),
    ))
      errors.set(pk, fate);
    const drawn = drawnIn(page);
    unseen -= drawn;
    if (unseen <= 0 || drawn === 0 || looks === maxLooks) break;
    order = [...order.slice(drawn), ...order.slice(0, drawn)];
    const laid = layRows(found, order, found.list.frame.timeZone);
    const next = await postRows(desk, model, found, laid);
    if (next.outcome.kind === 'done' || next.outcome.kind === 'warned')
      return { errors: new Map(), saved: next };
    if (next.outcome.kind !== 'returned') break;
    page = readChangelist(next.response.text, next.address);
  }
  const known =
    errors.size > 0
      ? errors
      : await goneAmong(
          desk,
          model,
          updates.map(({ pk }) => pk),
        );
  const untold = order
    .slice(order.length - Math.max(unseen, 0))
    .map(({ pk }) => [pk, unshown] as const);
  return { errors: new Map([...untold, ...known]), ...(note === undefined ? {} : { note }) };
};

import type { JsonObject } from '../../operations/json.ts';
import { digestOfVersions, maxPlanned } from '../../operations/plan.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { modelJson } from '../contract/model.ts';
import { createNotes } from '../contract/notes.ts';
import { rowLabel } from '../list/row-label.ts';
import { rowVersion } from '../list/row-version.ts';
import type { Row } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { invalidFields } from './fates.ts';
import { knownErrors } from './known-errors.ts';
import { isChanged, type ReadyRows } from './list-editable.ts';
import { changesJson, type PlannedField } from './plan-fields.ts';
import { type Posted, postedBy } from './planned-value.ts';

/** A row that an operation is about. */
export const rowJson = (pk: string, row: Row): JsonObject => ({
  pk: keyJson(pk),
  label: rowLabel(row),
  version: rowVersion(row),
});

/** Another one as soon as one of the rows is another, or shows something else. */
export const digestOf = (rows: readonly Row[]): string => digestOfVersions(rows.map(rowVersion));

/** The editable fields of a row, under the names that its controls are posted with. */
const fieldsOf = ({ cells }: Row, index: number): PlannedField[] =>
  cells.flatMap(({ field }): PlannedField[] =>
    field === null || field.controlName === null
      ? []
      : [{ field, base: field.controlName.replace(/-\d+-/, `-${index}-`) }],
  );

/** A date with its time has two controls, `due_at_0` and `due_at_1`. */
const fieldOf = (control: string): string => control.replace(/_(?:\d+|year|month|day)$/, '');

const isAmong =
  (controls: readonly string[]) =>
  ({ field }: PlannedField): boolean =>
    controls.some((control) => control === field.name || fieldOf(control) === field.name);

const errorJson = (fields: readonly PlannedField[], posted: Posted): JsonObject => {
  const known = fields.flatMap(({ field, base }): [string, string[]][] => {
    const errors = knownErrors(field, base, posted);
    return errors.length === 0 ? [] : [[field.name, [...errors]]];
  });
  return known.length === 0 ? {} : { error: invalidFields(Object.fromEntries(known)) };
};

/** What a bulk edit would do. Nothing was sent but readings. */
export const planOfRows = (model: ModelRef, ready: ReadyRows): Answer => {
  const { found, updates, laid } = ready;
  const posted = postedBy({ pairs: laid.pairs, files: [] });
  const rows = updates.flatMap(({ pk }) => found.rows.get(pk) ?? []);
  const objects = updates.slice(0, maxPlanned).flatMap(({ pk }, i): JsonObject[] => {
    const row = found.rows.get(pk);
    if (row === undefined) return [];
    const fields = fieldsOf(row, i);
    const changed = laid.changed.get(pk) ?? [];
    return [
      {
        ...rowJson(pk, row),
        changes: changesJson(fields, isAmong(changed), posted),
        ...(isChanged(laid, pk) ? errorJson(fields, posted) : {}),
      },
    ];
  });
  const changing = updates.filter(({ pk }) => isChanged(laid, pk)).length;
  const notes = createNotes();
  notes.add('objects.error', 'what the form itself tells; the admin checks more when it saves');
  if (updates.length > maxPlanned) notes.add('objects', `the first ${maxPlanned}`);
  return {
    status: 200,
    body: {
      dry_run: true,
      ...modelJson(model),
      matched: updates.length,
      summary: { would_change: changing, unchanged: updates.length - changing },
      objects,
      digest: digestOf(rows),
      ...notes.json(),
    },
  };
};

import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { modelJson } from '../contract/model.ts';
import { createNotes } from '../contract/notes.ts';
import { versionJson } from '../contract/object.ts';
import type { OpenForm } from '../desk/open-form.ts';
import type { Overlay } from '../forms/overlay.ts';
import { knownErrors } from './known-errors.ts';
import { changesJson, newJson, own, type PlannedField } from './plan-fields.ts';
import { plannedRows } from './plan-inlines.ts';
import { type Posted, postedBy } from './planned-value.ts';

export interface Plan {
  readonly open: OpenForm;
  readonly filled: Overlay;
  /** The project's own button that would be pressed. */
  readonly pressed?: string | undefined;
  /** Why fields that were not mentioned would be damaged, by their names. */
  readonly refused?: JsonObject;
  /** The list's own form would be used, which checks the same. */
  readonly inList?: boolean;
}

const errorsOf = (fields: readonly PlannedField[], posted: Posted, prefix: string): JsonObject =>
  Object.fromEntries(
    fields.flatMap(({ field, base }) => {
      const errors = knownErrors(field, base, posted);
      return errors.length === 0 ? [] : [[`${prefix}${field.name}`, [...errors]]];
    }),
  );

/** What saving would do, in the contract's words. Nothing was sent but readings. */
export const planOf = ({ open, filled, pressed, refused, inList = false }: Plan): Answer => {
  const { page, model, pk } = open;
  const posted = postedBy(filled);
  const changed = new Set(filled.changed);
  const fields = own(page.fields);
  const rows = plannedRows(page.inlines, filled.changed, posted);
  const isChanged = ({ field, base }: PlannedField) => changed.has(field.name) || changed.has(base);
  const errors = inList
    ? {}
    : {
        ...errorsOf(fields, posted, ''),
        ...Object.fromEntries(
          rows.flatMap((row) => Object.entries(errorsOf(row.fields, posted, `${row.prefix}-`))),
        ),
        ...refused,
      };
  const notes = createNotes();
  notes.add('errors', 'what the form itself tells; the admin checks more when it saves');
  if (pressed !== undefined)
    notes.add('changes', `what the button "${pressed}" does beyond is not known beforehand`);
  if (inList)
    notes.add('changes', "would be saved through the list's own form, which spares other fields");
  return {
    status: 200,
    body: {
      dry_run: true,
      ...modelJson(model),
      pk: pk === null ? null : keyJson(pk),
      label: page.objectLabel ?? pk,
      ...versionJson(open),
      changes: pk === null ? newJson(fields, posted) : changesJson(fields, isChanged, posted),
      inlines: rows.map(({ json }) => json),
      errors,
      ...notes.json(),
    },
  };
};

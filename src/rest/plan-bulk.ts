import type { Input } from '../operations/catalogue.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { objectsIn } from './body.ts';
import { noneSaved } from './bulk-results.ts';
import { send } from './call.ts';
import { fieldsOf } from './fields.ts';
import { versionOf } from './object-version.ts';
import { errorsNote, type PlannedObject, planned, plannedObjects } from './plan.ts';
import { changesJson, knownErrors } from './plan-fields.ts';
import { maySave } from './prepare-update.ts';

type BulkInput = Input<'bulk_update'>;

/** A row as it was read, and what is to be sent for it. */
export interface ReadyRow {
  readonly pk: string;
  readonly seen: JsonObject;
  /** The caller's values, in the caller's words. */
  readonly given: JsonObject;
  readonly values: JsonObject;
}

const mayNotSave: JsonObject = { code: 'forbidden', message: 'You do not have permission.' };

/**
 * What the package will say of columns that cannot be edited in place, for a dry run; it says
 * so itself otherwise.
 */
export const notEditable = async (
  { app_label, model_name, updates }: BulkInput,
  context: Context,
): Promise<Answer | undefined> => {
  const { status, body } = await send(
    {
      method: 'GET',
      pattern: '/:app_label/:model_name/',
      values: { app_label, model_name },
      query: { page_size: 1 },
    },
    context,
  );
  const columns = objectsIn(body, 'columns').filter(({ editable: is }) => is === true);
  const names = columns.map(({ name }) => String(name));
  const results = updates.map(({ pk, fields }): JsonObject => {
    const others = Object.keys(fields).filter((name) => !names.includes(name));
    if (others.length === 0) return { pk, ok: false, rolled_back: true };
    const message = `Field(s) not editable in the list view: ${others.join(', ')}.`;
    return { pk, ok: false, error: { code: 'bad_request', message, editable: names } };
  });
  return status === 200 && results.some((row) => 'error' in row) ? noneSaved(results) : undefined;
};

type PlannedRow = PlannedObject & { readonly changes?: readonly JsonObject[] };

const planRow = ({ pk, seen, given }: ReadyRow): PlannedRow => {
  const head = { pk: seen['pk'] ?? pk, label: seen['label'] ?? null, version: versionOf(seen) };
  if (!maySave(seen)) return { ...head, error: mayNotSave };
  const fields = fieldsOf(seen);
  const errors = knownErrors(
    [...fields.values()].filter(({ name }) => name in given),
    given,
  );
  const message = 'One or more fields are invalid.';
  return {
    ...head,
    changes: [...changesJson(fields, given)],
    ...(Object.keys(errors).length === 0
      ? {}
      : { error: { code: 'validation_failed', message, fields: errors } }),
  };
};

/** What a bulk edit would do. */
export const planOfRows = (input: BulkInput, rows: readonly ReadyRow[]): Answer => {
  const objects = rows.map(planRow);
  const changing = objects.filter(({ changes = [] }) => changes.length > 0).length;
  return planned(input, {
    matched: rows.length,
    summary: { would_change: changing, unchanged: rows.length - changing },
    ...plannedObjects(objects, [errorsNote('objects.error')]),
  });
};

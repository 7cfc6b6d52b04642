import type { Input } from '../operations/catalogue.ts';
import { GatewayError } from '../operations/errors.ts';
import { givenVersions } from '../operations/given-versions.ts';
import type { JsonObject } from '../operations/json.ts';
import { mapLimited } from '../operations/map-limited.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { isSaved, noneSaved, resultsOf } from './bulk-results.ts';
import { callRest, send } from './call.ts';
import { sendInChunks } from './chunks.ts';
import type { Controls } from './controls.ts';
import { encodeData, refuseFiles } from './encode-data.ts';
import { keepValue } from './encode-value.ts';
import { editable, type Field, fieldsOf } from './fields.ts';
import type { ReadFormPage } from './form-page.ts';
import { refuseDamage } from './guard.ts';
import { notEditable, planOfRows, type ReadyRow } from './plan-bulk.ts';
import { maySave, shapeOf } from './prepare-update.ts';
import { stalenessAmong } from './stale.ts';

type BulkInput = Input<'bulk_update'>;
type Update = BulkInput['updates'][number];

/** Most rows in one request by default (`MAX_BULK_UPDATES`); a site may want fewer. */
const maxRows = 200;

/** Only list_editable fields may be sent in bulk, so a value cannot be sent along to keep it. */
const refuseUnkept = (fields: readonly Field[], touched: JsonObject, controls: Controls): void => {
  const unkept = fields.filter(
    (field) =>
      !(field.name in touched) && controls.own.has(field.name) && keepValue(field) !== undefined,
  );
  if (unkept.length === 0) return;
  throw new GatewayError(
    'unsupported',
    'Saving these rows in bulk would damage fields that the change does not mention.',
    {
      hint: 'Change them one by one with update, or run the gateway with --upstream stock. Nothing was changed.',
      details: { fields: unkept.map(({ name }) => name) },
    },
  );
};

type Row =
  | ({ readonly kind: 'ready' } & ReadyRow)
  | { readonly kind: 'missing'; readonly pk: string }
  | { readonly kind: 'refused'; readonly answer: Answer };

const noSuchObject: JsonObject = { code: 'not_found', message: 'There is no such object.' };

const withMissing = (pks: readonly string[], missing: ReadonlySet<string>): Answer =>
  noneSaved(
    pks.map((pk) =>
      missing.has(pk)
        ? { pk, ok: false, error: noSuchObject }
        : { pk, ok: false, rolled_back: true },
    ),
  );

/**
 * Fields of many rows, all or none as far as the package takes them in one request.
 * Each row is saved through its whole form, so each is read first: what an update would damage,
 * this would damage too.
 */
export const createBulkUpdate = (readFormPage: ReadFormPage) => {
  const prepare = async (
    { app_label, model_name }: BulkInput,
    { pk, fields: data }: Update,
    context: Context,
  ): Promise<Row> => {
    const ref = { app_label, model_name, pk };
    const { status, body: seen, ...rest } = await callRest('retrieve', ref, context);
    if (status === 404) return { kind: 'missing', pk };
    if (status !== 200) return { kind: 'refused', answer: { status, body: seen, ...rest } };
    // Without the permission the package refuses the row, and nothing can be damaged.
    if (!maySave(seen)) return { kind: 'ready', pk, seen, given: data, values: data };
    const fields = fieldsOf(seen);
    const controls = await readFormPage(ref, shapeOf(fields), context);
    refuseDamage(editable(fields), controls);
    refuseUnkept(editable(fields), data, controls);
    const encoded = encodeData(data, fields, controls);
    if (encoded.refused !== undefined) return { kind: 'refused', answer: encoded.refused };
    refuseFiles(encoded.files);
    return { kind: 'ready', pk, seen, given: data, values: encoded.values };
  };

  const readRows = (input: BulkInput, context: Context) => {
    const { updates } = input;
    let done = 0;
    return mapLimited(updates, async (update) => {
      const row = await prepare(input, update, context);
      done += 1;
      context.progress?.(done, updates.length * (input.dry_run === true ? 1 : 2));
      return row;
    });
  };

  return async (input: BulkInput, context: Context): Promise<Answer> => {
    const { app_label, model_name, pks } = input;
    const versions = givenVersions(input.versions, pks);
    const rows = await readRows(input, context);
    const refused = rows.find((row) => row.kind === 'refused');
    if (refused !== undefined) return refused.answer;
    const ready = new Map(rows.flatMap((row) => (row.kind === 'ready' ? [[row.pk, row]] : [])));
    if (ready.size < pks.length)
      return withMissing(pks, new Set(pks.filter((pk) => !ready.has(pk))));
    const seen = new Map([...ready].map(([pk, row]) => [pk, row.seen]));
    const stale = await stalenessAmong(versions, input, seen, context);
    if (stale !== undefined) return stale;
    if (input.dry_run === true)
      return (await notEditable(input, context)) ?? planOfRows(input, [...ready.values()]);
    const write = (some: readonly string[], within: Context) =>
      send(
        {
          method: 'PATCH',
          pattern: '/:app_label/:model_name/bulk/',
          values: { app_label, model_name },
          body: { updates: some.map((pk) => ({ pk, fields: ready.get(pk)?.values ?? {} })) },
        },
        within,
      );
    const progress = (done: number) => context.progress?.(pks.length + done, pks.length * 2);
    return resultsOf(await sendInChunks(pks, maxRows, write, isSaved, { ...context, progress }));
  };
};

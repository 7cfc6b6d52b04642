import type { Input } from '../operations/catalogue.ts';
import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { objectsIn, part } from './body.ts';
import { send } from './call.ts';
import type { Controls } from './controls.ts';
import { encodeData } from './encode-data.ts';
import { keepValue } from './encode-value.ts';
import { editable, type Field, fieldsOf } from './fields.ts';
import type { ReadFormPage } from './form-page.ts';
import { refuseDamage } from './guard.ts';
import { mapLimited } from './map-limited.ts';
import { shapeOf } from './update.ts';

/** The package answers 200 to a batch that it rolled back. */
const truthful = (body: JsonObject): Answer => {
  const results = objectsIn(body, 'results');
  if (results.every((row) => row['ok'] === true)) return { status: 200, body };
  const failed = results.filter((row) => isJsonObject(row['error'])).length;
  const message = `${failed} of ${results.length} rows were refused, so none was saved.`;
  return { status: 400, body: { ...refusal(400, 'validation_failed', message).body, ...body } };
};

const allRefused = (pks: readonly string[], missing: ReadonlySet<string>): Answer =>
  truthful({
    results: pks.map((pk) =>
      missing.has(pk)
        ? { pk, ok: false, error: { code: 'not_found', message: 'There is no such object.' } }
        : { pk, ok: false, rolled_back: true },
    ),
    summary: { accepted: 0, rejected: pks.length },
  });

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
  | { readonly kind: 'ready'; readonly update: JsonObject }
  | { readonly kind: 'missing'; readonly pk: string }
  | { readonly kind: 'refused'; readonly answer: Answer };

/**
 * The same fields on many rows, all or none. Each row is saved through its whole form, so
 * each is read first: what an update would damage, this would damage too.
 */
export const createBulkUpdate = (readFormPage: ReadFormPage) => {
  const prepare = async (
    { app_label, model_name, data }: Input<'bulk_update'>,
    pk: string,
    context: Context,
  ): Promise<Row> => {
    const values = { app_label, model_name, pk };
    const seen = await send(
      { method: 'GET', pattern: '/:app_label/:model_name/:pk/', values },
      context,
    );
    if (seen.status === 404) return { kind: 'missing', pk };
    if (seen.status !== 200) return { kind: 'refused', answer: seen };
    // Without the permission the package refuses the row, and nothing can be damaged.
    if (part(seen.body, 'save_options')['show_save'] === false)
      return { kind: 'ready', update: { pk, fields: data } };
    const fields = fieldsOf(seen.body);
    const controls = await readFormPage(values, shapeOf(fields), context);
    refuseDamage(editable(fields), controls);
    refuseUnkept(editable(fields), data, controls);
    const encoded = encodeData(data, fields, controls);
    return encoded.refused === undefined
      ? { kind: 'ready', update: { pk, fields: encoded.values } }
      : { kind: 'refused', answer: encoded.refused };
  };

  return async (input: Input<'bulk_update'>, context: Context): Promise<Answer> => {
    const { app_label, model_name, pks } = input;
    let done = 0;
    const rows = await mapLimited([...new Set(pks)], async (pk) => {
      const row = await prepare(input, pk, context);
      done += 1;
      context.progress?.(done, pks.length);
      return row;
    });
    const refused = rows.find((row) => row.kind === 'refused');
    if (refused !== undefined) return refused.answer;
    const missing = new Set(rows.flatMap((row) => (row.kind === 'missing' ? [row.pk] : [])));
    if (missing.size > 0) return allRefused(pks, missing);
    const updates = rows.flatMap((row) => (row.kind === 'ready' ? [row.update] : []));
    const answer = await send(
      {
        method: 'PATCH',
        pattern: '/:app_label/:model_name/bulk/',
        values: { app_label, model_name },
        body: { updates },
      },
      context,
    );
    return answer.status === 200 ? truthful(answer.body) : answer;
  };
};

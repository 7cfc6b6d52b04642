import type { Input } from '../operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import type { Version } from '../operations/version.ts';
import { part } from './body.ts';
import { callRest, type RestRequest, send } from './call.ts';
import type { Controls } from './controls.ts';
import { encodeData, refuseFields, refuseFiles } from './encode-data.ts';
import { keepValue } from './encode-value.ts';
import { editable, type Field, fieldsOf } from './fields.ts';
import type { ReadFormPage } from './form-page.ts';
import { refuseDamage } from './guard.ts';
import { encodeInlines } from './inline-rows.ts';
import { inlinesOf } from './inlines.ts';
import type { ObjectRef } from './refs.ts';
import { staleness } from './stale.ts';

export interface UpdateInput extends Input<'update'> {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

/** A change that is worked out, of which nothing has been sent. */
export interface PreparedUpdate {
  /** The object as it was, as `retrieve` shows it with the form's query. */
  readonly seen: JsonObject;
  /** The same without the query: what its version is made of. */
  readonly plain: JsonObject;
  readonly fields: ReadonlyMap<string, Field>;
  /** The caller's values that have to be sent, in the caller's words. */
  readonly given: JsonObject;
  /** Rows of inlines, as they are sent. */
  readonly inlines: JsonObject;
  readonly body: JsonObject;
}

type Prepared =
  | { readonly ready: PreparedUpdate; readonly refused?: undefined }
  | { readonly refused: Answer; readonly ready?: undefined };

/** What tells the forms of a model apart: which fields there are, and which are read-only. */
export const shapeOf = (fields: ReadonlyMap<string, Field>): Readonly<Record<string, boolean>> =>
  Object.fromEntries([...fields.values()].map(({ name, readonly }) => [name, readonly]));

/** An object, in the form that a query makes of it. */
export interface FormAddress extends ObjectRef {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

export const addressOf = ({ app_label, model_name, pk, query }: FormAddress) =>
  ({
    pattern: '/:app_label/:model_name/:pk/',
    values: { app_label, model_name, pk },
    query,
  }) satisfies Omit<RestRequest, 'method'>;

/** The object as `retrieve` shows it: a query may show another form of it. */
export const readPlain = async (
  { app_label, model_name, pk, query }: FormAddress,
  seen: Answer,
  context: Context,
): Promise<Answer> =>
  Object.keys(query ?? {}).length === 0
    ? seen
    : callRest('retrieve', { app_label, model_name, pk }, context);

/** Whether this user may save the form at all; Django's own 403 is the better answer if not. */
export const maySave = (body: JsonObject): boolean =>
  part(body, 'save_options')['show_save'] !== false;

const refusedByDjango = (input: UpdateInput, context: Context): Answer | Promise<Answer> =>
  input.dry_run === true
    ? refusal(403, 'forbidden', 'This user may not change this object.')
    : send({ method: 'PATCH', ...addressOf(input), body: {} }, context);

/**
 * Values of untouched fields that the package would change by reading them back.
 *
 * @throws GatewayError `unsupported`
 */
const keptValues = (
  fields: readonly Field[],
  touched: JsonObject,
  controls: Controls,
): JsonObject => {
  const values: Record<string, JsonValue> = {};
  const impossible = new Map<string, string>();
  for (const field of fields) {
    if (field.name in touched || !controls.own.has(field.name)) continue;
    const kept = keepValue(field);
    if (kept === undefined) continue;
    if ('value' in kept) values[field.name] = kept.value;
    else if ('unsupported' in kept) impossible.set(field.name, kept.unsupported);
  }
  refuseFields(impossible);
  return values;
};

export const pick = (data: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, data[name] ?? null]));

/**
 * Reads the object and works out what to send: one request, one of the HTML page for a form not
 * seen lately, and one more for a version with a query or of a row.
 *
 * @throws GatewayError `unsupported` where the change would damage what it does not mention
 */
export const prepareUpdate = async (
  readFormPage: ReadFormPage,
  input: UpdateInput,
  version: Version | undefined,
  context: Context,
): Promise<Prepared> => {
  const { app_label, model_name, pk, query } = input;
  const seen = await send({ method: 'GET', ...addressOf(input) }, context);
  if (seen.status !== 200) return { refused: seen };
  if (!maySave(seen.body)) return { refused: await refusedByDjango(input, context) };
  const plain = await readPlain(input, seen, context);
  if (plain.status !== 200) return { refused: plain };
  const stale = await staleness(version, { app_label, model_name, pk }, plain.body, context);
  if (stale !== undefined) return { refused: stale };
  const fields = fieldsOf(seen.body);
  const { inlines: rows, ...data } = input.data;
  // Only rows that exist have a check box to delete them, so then the page must be its own,
  // and no older than they are.
  const stored = inlinesOf(seen.body).map((inline) => [...inline.rows.keys()]);
  const shape = {
    ...shapeOf(fields),
    ...(rows === undefined ? {} : { ' rows of': [pk, stored] }),
  };
  const controls = await readFormPage({ app_label, model_name, pk, query }, shape, context);
  refuseDamage(editable(fields), controls);
  const encoded = encodeData(data, fields, controls);
  if (encoded.refused !== undefined) return encoded;
  refuseFiles(encoded.files);
  const { inlines, refused } = encodeInlines(rows ?? {}, seen.body, controls);
  if (refused !== undefined) return { refused };
  const body = {
    ...keptValues(editable(fields), encoded.values, controls),
    ...encoded.values,
    ...(rows === undefined ? {} : { inlines }),
  };
  const given = pick(data, Object.keys(encoded.values));
  return { ready: { seen: seen.body, plain: plain.body, fields, given, inlines, body } };
};

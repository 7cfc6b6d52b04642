import type { Input } from '../operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { part } from './body.ts';
import { send } from './call.ts';
import { fateOf } from './compare-value.ts';
import type { Controls } from './controls.ts';
import { encodeData, refuseFields } from './encode-data.ts';
import { keepValue } from './encode-value.ts';
import { editable, type Field, fieldsOf } from './fields.ts';
import type { ReadFormPage } from './form-page.ts';
import { refuseDamage } from './guard.ts';
import { inlineFailures } from './inline-outcome.ts';
import { encodeInlines } from './inline-rows.ts';

const pattern = '/:app_label/:model_name/:pk/';

/** What tells the forms of a model apart: which fields there are, and which are read-only. */
export const shapeOf = (fields: ReadonlyMap<string, Field>): Readonly<Record<string, boolean>> =>
  Object.fromEntries([...fields.values()].map(({ name, readonly }) => [name, readonly]));

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

/** Compares what was sent with what Django shows afterwards, so that no success is made up. */
const checked = (
  answer: Answer,
  sent: JsonObject,
  inlines: JsonObject,
  seen: JsonObject,
): Answer => {
  if (answer.status !== 200) return answer;
  const [before, after] = [fieldsOf(seen), fieldsOf(answer.body)];
  const kept: Record<string, JsonValue> = { ...inlineFailures(inlines, seen, answer.body) };
  const adjusted: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(sent)) {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === undefined || now === undefined) continue;
    const fate = fateOf(value, old, now);
    if (fate === 'kept') kept[name] = ['Django kept the value that was there.'];
    if (fate === 'adjusted') adjusted[name] = now.value;
  }
  if (Object.keys(kept).length > 0)
    return refusal(
      409,
      'not_stored',
      'Django reported success but did not store these values; the others were saved.',
      {
        fields: kept,
      },
    );
  return Object.keys(adjusted).length === 0
    ? answer
    : { status: 200, body: { ...answer.body, adjusted } };
};

/** Whether this user may save the form at all; Django's own 403 is the better answer if not. */
const maySave = (body: JsonObject): boolean => part(body, 'save_options')['show_save'] !== false;

export interface UpdateInput extends Input<'update'> {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * One object through PATCH: read it, refuse what would damage it, send, compare. Costs one
 * read more than the PATCH, and one of the HTML page for a form not seen lately.
 */
export const createUpdate =
  (readFormPage: ReadFormPage) =>
  async (input: UpdateInput, context: Context): Promise<Answer> => {
    const { app_label, model_name, pk, query } = input;
    const at = { pattern, values: { app_label, model_name, pk }, query };
    const seen = await send({ method: 'GET', ...at }, context);
    if (seen.status !== 200) return seen;
    if (!maySave(seen.body)) return send({ method: 'PATCH', ...at, body: {} }, context);
    const fields = fieldsOf(seen.body);
    const ref = { app_label, model_name, pk, query };
    const { inlines: rows, ...data } = input.data;
    // Only rows that exist have a check box to delete them, so then the page must be its own.
    const shape = { ...shapeOf(fields), ...(rows === undefined ? {} : { ' rows of': pk }) };
    const controls = await readFormPage(ref, shape, context);
    refuseDamage(editable(fields), controls);
    const encoded = encodeData(data, fields, controls);
    if (encoded.refused !== undefined) return encoded.refused;
    const { inlines, refused } = encodeInlines(rows ?? {}, seen.body, controls);
    if (refused !== undefined) return refused;
    const body = {
      ...keptValues(editable(fields), encoded.values, controls),
      ...encoded.values,
      ...(rows === undefined ? {} : { inlines }),
    };
    const answer = await send({ method: 'PATCH', ...at, body }, context);
    return checked(answer, pick(data, Object.keys(encoded.values)), inlines, seen.body);
  };

const pick = (data: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, data[name] ?? null]));

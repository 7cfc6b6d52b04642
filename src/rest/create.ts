import type { Input } from '../operations/catalogue.ts';
import { GatewayError } from '../operations/errors.ts';
import type { GivenFile } from '../operations/file-value.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { send } from './call.ts';
import { adjustedIn } from './compare-value.ts';
import { isHiddenName } from './controls.ts';
import { encodeData } from './encode-data.ts';
import { encodeValue } from './encode-value.ts';
import { editable, type Field, fieldsOf } from './fields.ts';
import { formBody } from './form-body.ts';
import type { ReadFormPage } from './form-page.ts';
import { refuseLoss } from './guard.ts';
import { errorsNote, planned } from './plan.ts';
import { knownErrors, newJson } from './plan-fields.ts';
import { pick, shapeOf } from './prepare-update.ts';
import { readSaved } from './read-saved.ts';

/** What the package writes for a default that the database would compute (`db_default`). */
const noRealValue = /^<?[\w.]*(?:DatabaseDefault|NOT_PROVIDED)\b/;

const isWorthSending = (value: JsonValue): boolean =>
  value !== null &&
  value !== '' &&
  !(isJsonObject(value) && 'html' in value) &&
  !(typeof value === 'string' && noRealValue.test(value));

/**
 * The initial values of fields that the caller left out. A browser would post them; without
 * them Django stores False for a check box that starts ticked, and misses required fields.
 */
const initialValues = (fields: readonly Field[], given: JsonObject): JsonObject => {
  const values: Record<string, JsonValue> = {};
  for (const field of fields) {
    if (field.name in given || !isWorthSending(field.value)) continue;
    if (Array.isArray(field.value) && field.value.length === 0 && field.type !== 'json') continue;
    const encoded = encodeValue(field, field.value, undefined);
    if ('value' in encoded) values[field.name] = encoded.value;
  }
  return values;
};

/** The add form names fields that it wants and the package does not take, such as passwords. */
const refuseHidden = (answer: Answer): void => {
  const error = answer.body['error'];
  const fields = isJsonObject(error) && isJsonObject(error['fields']) ? error['fields'] : {};
  const hidden = Object.keys(fields).filter(isHiddenName);
  if (answer.status !== 400 || hidden.length === 0) return;
  throw new GatewayError(
    'unsupported',
    'The add form needs fields that django-admin-rest-api hides because of their names.',
    {
      hint: 'Run the gateway with --upstream stock, which posts the whole form. Nothing was saved.',
      details: { fields: hidden },
    },
  );
};

export interface CreateInput extends Input<'create'> {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

interface NewObject {
  readonly fields: ReadonlyMap<string, Field>;
  readonly initial: JsonObject;
  readonly data: JsonObject;
  readonly files: ReadonlyMap<string, GivenFile>;
}

/** What would be added: files by their name and size. */
const planOf = (input: CreateInput, { fields, initial, data, files }: NewObject): Answer => {
  const sizes = [...files].map(([name, file]): [string, JsonValue] => [
    name,
    { name: file.name, size: file.bytes.byteLength },
  ]);
  const values = { ...initial, ...data, ...Object.fromEntries(sizes) };
  return planned(input, {
    pk: null,
    label: null,
    version: null,
    changes: [...newJson(fields, values)],
    inlines: [],
    errors: knownErrors(editable(fields), values),
    notes: [errorsNote('errors')],
  });
};

/** The new object as it is, where this user may look at it, and what the project made of values. */
const answerAfter = async (
  added: Answer,
  { app_label, model_name }: CreateInput,
  given: JsonObject,
  context: Context,
): Promise<Answer> => {
  const { status, body } = added;
  const pk = String(body['pk']);
  const after = await readSaved({ app_label, model_name, pk }, context);
  const head = { created: true, app_label, model_name, ...body };
  if (after === undefined) return { status, body: head };
  const adjusted = adjustedIn(given, fieldsOf(after.body));
  const made = Object.keys(adjusted).length === 0 ? {} : { adjusted };
  return { status, body: { ...head, ...after.body, version: after.version, ...made } };
};

/** One object through POST, with the initial values of its add form for what was left out. */
export const createCreate =
  (readFormPage: ReadFormPage) =>
  async (input: CreateInput, context: Context): Promise<Answer> => {
    const { app_label, model_name, query } = input;
    const at = { values: { app_label, model_name }, query };
    const seen = await send(
      { method: 'GET', pattern: '/:app_label/:model_name/add/', ...at },
      context,
    );
    if (seen.status !== 200) return seen;
    const fields = fieldsOf(seen.body);
    const { inlines, ...data } = input.data;
    if (inlines !== undefined)
      // Nothing tells which inlines an add form has, and names may stand for several of them.
      throw new GatewayError(
        'unsupported',
        'This upstream cannot add inline rows together with their object.',
        {
          hint: 'Create the object without inlines, then add the rows with update; or run the gateway with --upstream stock.',
        },
      );
    const ref = { app_label, model_name, query };
    const controls = await readFormPage(ref, shapeOf(fields), context);
    refuseLoss(editable(fields), controls, new Set(Object.keys(data)));
    const encoded = encodeData(data, fields, controls);
    if (encoded.refused !== undefined) return encoded.refused;
    const { values, files } = encoded;
    const initial = initialValues(editable(fields), values);
    const body = { ...initial, ...values };
    if (input.dry_run === true) return planOf(input, { fields, initial, data, files });
    const form = files.size === 0 ? undefined : formBody(body, files, fields);
    const answer = await send(
      { method: 'POST', pattern: '/:app_label/:model_name/', ...at, body, form },
      context,
    );
    refuseHidden(answer);
    return answer.status < 300
      ? answerAfter(answer, input, pick(data, Object.keys(values)), context)
      : answer;
  };

import type { OperationName } from '../catalogue.ts';
import { GatewayError } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { jsonSchemaOf } from '../json-schema.ts';

/** A JSON body of the REST contract, seen from the side that receives it. */
export interface RestBody {
  /**
   * The arguments of the operation that a body stands for.
   *
   * @throws GatewayError `input` where the body cannot stand for any
   */
  readonly read: (body: JsonObject) => JsonObject;
  /** The body's JSON Schema. */
  readonly schema: () => JsonObject;
}

const propertiesOf = (name: OperationName): JsonObject =>
  structuredClone(jsonSchemaOf(name, 'input').properties) as JsonObject;

/** The whole body is one argument: the fields of the object. */
const fields = (name: OperationName): RestBody => ({
  read: (body) => ({ data: body }),
  schema: () => propertiesOf(name)['data'] as JsonObject,
});

const pick = (from: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => (name in from ? [[name, from[name] as JsonValue]] : [])),
  );

const actionKeys = ['pks', 'select_across', 'search', 'filters', 'confirmed', 'inputs', 'versions'];

const unlike = (pointer: string, message: string): GatewayError =>
  new GatewayError('input', `The body is not what this endpoint takes: ${pointer} ${message}.`, {
    details: { errors: [{ pointer, message }] },
  });

const known = (body: JsonObject, names: readonly string[]): JsonObject => {
  const stray = Object.keys(body).find((name) => !names.includes(name));
  if (stray !== undefined) throw unlike(`/${stray}`, `is unknown; known are ${names.join(', ')}`);
  return body;
};

const bulk: RestBody = {
  read: (body) => {
    const { updates } = known(body, ['updates']);
    if (!Array.isArray(updates) || updates.length === 0)
      throw unlike('/updates', 'must be a non-empty list');
    const rows = updates.map((row, index) => {
      if (isJsonObject(row) && row['pk'] !== undefined && isJsonObject(row['fields'])) return row;
      throw unlike(`/updates/${index}`, 'must be {"pk", "fields"}');
    });
    return { updates: rows };
  },
  schema: () => ({
    type: 'object',
    required: ['updates'],
    additionalProperties: false,
    properties: pick(propertiesOf('bulk_update'), ['updates']),
  }),
};

const action: RestBody = {
  read: (body) => known(body, actionKeys),
  schema: () => ({
    type: 'object',
    additionalProperties: false,
    properties: pick(propertiesOf('action'), actionKeys),
  }),
};

/** Differing repetitions are the form's own error, under the form's own field. */
const password: RestBody = {
  read: (body) => {
    const { password1, password2 } = known(body, ['password1', 'password2']);
    if (password1 !== password2) throw unlike('/password2', 'is not the same as /password1');
    return password1 === undefined ? {} : { password: password1 };
  },
  schema: () => {
    const one = propertiesOf('set_password')['password'] as JsonObject;
    return {
      type: 'object',
      required: ['password1', 'password2'],
      additionalProperties: false,
      properties: { password1: one, password2: one },
    };
  },
};

/** Bodies by operation; those without one take none. */
export const restBodies: { readonly [Name in OperationName]?: RestBody } = {
  create: fields('create'),
  update: fields('update'),
  form_submit: fields('form_submit'),
  bulk_update: bulk,
  action,
  set_password: password,
};

import { restBodies } from '../../operations/api/bodies.ts';
import type { Endpoint } from '../../operations/api/endpoints.ts';
import type { OperationName } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { jsonSchemaOf } from '../../operations/json-schema.ts';

/** What of a request an operation's arguments are made of. */
export interface RestRequest {
  /** Parts of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The value of `If-Match`, if any. */
  readonly ifMatch: string | null;
  /** Undefined where the request has no body. */
  readonly body: JsonObject | undefined;
}

/** The operation that a request means, and its arguments as they came. */
export interface RestCall {
  readonly operation: OperationName;
  readonly given: JsonObject;
}

/** Of every list: Django's "Show all", which is as many as one page may have. */
const showAll = 'all';
const mostRows = 200;

/**
 * The JSON object of a body; undefined for an empty one.
 *
 * @throws GatewayError `input`
 */
export const parseBody = (text: string): JsonObject | undefined => {
  if (text.trim() === '') return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new GatewayError('input', 'The request body must be valid JSON.', { cause });
  }
  if (isJsonObject(body)) return body;
  throw new GatewayError('input', 'The request body must be a JSON object.');
};

/** Texts of a query, as the kind that the argument wants; what does not fit stays text for the check. */
const asKind = (schema: unknown, text: string): JsonValue => {
  const { type, const: constant } = isJsonObject(schema) ? schema : {};
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' || constant === true) {
    if (/^(?:true|1)$/i.test(text)) return true;
    if (/^(?:false|0)$/i.test(text)) return false;
  }
  return text;
};

const valuesOf = (query: URLSearchParams, name: string): JsonValue => {
  const all = query.getAll(name);
  return all.length === 1 ? (all[0] ?? '') : all;
};

const versionIn = (ifMatch: string): string => ifMatch.trim().replace(/^(?:W\/)?"(.*)"$/s, '$1');

/**
 * The arguments that stand in a request: parts of the path, the query by the names that the
 * contract gives them, and the body. Arguments that the contract has no name for go by their
 * own in the query (`dry_run`, `facets`); `If-Match` carries the version.
 *
 * @throws GatewayError `input`
 */
export const readRestCall = (endpoint: Endpoint, request: RestRequest): RestCall => {
  const { form } = endpoint;
  const ownNames = new Map(Object.entries(form.query ?? {}).map(([input, name]) => [name, input]));
  const given: Record<string, JsonValue> = { ...request.path };
  const others: Record<string, JsonValue> = {};
  const { properties } = jsonSchemaOf(endpoint.operation, 'input');
  for (const name of new Set(request.query.keys())) {
    const input =
      ownNames.get(name) ?? (name === 'dry_run' || name === 'facets' ? name : undefined);
    if (input !== undefined && input in properties)
      given[input] = asKind(properties[input], request.query.get(name) ?? '');
    else if (endpoint.operation === 'list' && name === showAll) given['page_size'] ??= mostRows;
    else others[name] = valuesOf(request.query, name);
  }
  const hasOthers = Object.keys(others).length > 0;
  const operation =
    hasOthers && endpoint.withQuery !== undefined ? endpoint.withQuery : endpoint.operation;
  if (hasOthers) given[form.spread ?? 'query'] = others;
  if (request.ifMatch !== null && request.ifMatch.trim() !== '*')
    given['version'] = versionIn(request.ifMatch);
  const body = restBodies[operation];
  if (body !== undefined)
    return { operation, given: { ...given, ...body.read(request.body ?? {}) } };
  if (request.body !== undefined) throw new GatewayError('input', 'This endpoint takes no body.');
  return { operation, given };
};

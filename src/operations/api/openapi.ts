import { packageVersion } from '../../version.ts';
import { operations } from '../catalogue.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { jsonSchemaOf, planSchema } from '../json-schema.ts';
import { restBodies } from './bodies.ts';
import { type Endpoint, endpoints } from './endpoints.ts';

/** `/:app_label/:model_name/` as OpenAPI writes it. */
const template = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

const asJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

const namesIn = (path: string): string[] =>
  [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? []);

type Properties = Readonly<Record<string, unknown>>;

/** A part of the path is text whatever JSON kind the argument may have. */
const pathParameter = (name: string, properties: Properties): JsonObject => {
  const { description, maxLength, minLength } = (properties[name] ?? {}) as JsonObject;
  return {
    name,
    in: 'path',
    required: true,
    schema: {
      type: 'string',
      ...(minLength === undefined ? {} : { minLength }),
      ...(maxLength === undefined ? {} : { maxLength }),
    },
    ...(description === undefined ? {} : { description }),
  };
};

const queryParameter = (name: string, schema: unknown): JsonObject => ({
  name,
  in: 'query',
  required: false,
  schema: asJson(schema ?? {}),
});

/** Every further parameter: filters of a list, the query of a form. */
const anyParameter = (name: string): JsonObject => ({
  name,
  in: 'query',
  required: false,
  style: 'form',
  explode: true,
  schema: { type: 'object', additionalProperties: { type: 'string' } },
});

const parametersOf = ({ operation, form, withQuery, path }: Endpoint): JsonValue[] => {
  const { properties } = jsonSchemaOf(withQuery ?? operation, 'input');
  const own = Object.entries(form.query ?? {}).map(([input, name]) =>
    queryParameter(name, properties[input]),
  );
  const flags = ['dry_run', 'facets']
    .filter((name) => name in properties)
    .map((name) => queryParameter(name, properties[name]));
  const ifMatch: JsonObject[] =
    'version' in properties
      ? [{ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } }]
      : [];
  return [
    ...namesIn(path).map((name) => pathParameter(name, properties)),
    ...own,
    ...flags,
    ...(form.spread === undefined ? [] : [anyParameter(form.spread)]),
    ...ifMatch,
  ];
};

const json = (schema: JsonValue): JsonObject => ({ 'application/json': { schema } });

/** Statuses with which any endpoint may refuse, with the error envelope. */
const refusals: Readonly<Record<string, string>> = {
  '400': 'The request is wrong, or the form has errors',
  '403': 'No session, no permission, or a CSRF token that Django does not accept',
  '404': 'There is no such model or object for this user',
  '405': 'This address does not take the method',
  '409': 'The object has changed, or others protect it',
  '413': 'Too large',
  '422': 'The admin can do it, this gateway cannot do it safely',
  '429': 'Too many calls; see Retry-After',
  '502': 'Django could not be reached, or the outcome is unknown',
  '503': 'Django is down, or this gateway is full; see Retry-After',
  '504': 'Django took too long',
};

const error: JsonObject = { $ref: '#/components/schemas/Error' };

const refusalResponses = (): JsonObject =>
  Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [
      status,
      { description, content: json(error) },
    ]),
  );

const plan: JsonObject = { $ref: '#/components/schemas/Plan' };

/** Whether an endpoint can be called only to be told what it would do. */
const takesDryRun = (operation: Endpoint['operation']): boolean =>
  'dry_run' in jsonSchemaOf(operation, 'input').properties;

const success = ({ operation }: Endpoint): JsonObject => {
  const description = operations[operation].title;
  const own = asJson(jsonSchemaOf(operation, 'output'));
  const planned: JsonObject = {
    '200': { description: 'What a dry run found', content: json(plan) },
  };
  switch (operation) {
    case 'destroy':
      return { ...planned, '204': { description } };
    case 'create':
      return { ...planned, '201': { description, content: json(own) } };
    case 'action':
      return { '200': { description, content: { ...json({ anyOf: [own, plan] }), '*/*': {} } } };
    case 'panel':
      return { '200': { description, content: { ...json(own), '*/*': {} } } };
    default: {
      const schema = takesDryRun(operation) ? { anyOf: [own, plan] } : own;
      return { '200': { description, content: json(schema) } };
    }
  }
};

/** Objects may also come as a form with files, a part for each field. */
const bodyContent = ({ operation }: Endpoint, schema: JsonObject): JsonObject => ({
  ...json(schema),
  ...(operation === 'create' || operation === 'update'
    ? { 'multipart/form-data': { schema: { type: 'object' } } }
    : {}),
});

const operationJson = (endpoint: Endpoint): JsonObject => {
  const { operation, withQuery, path } = endpoint;
  const { title, description } = operations[operation];
  const body = restBodies[operation];
  return {
    operationId: path.endsWith('/add/form-spec/') ? `${operation}_add` : operation,
    summary: title,
    description:
      withQuery === undefined ? description : `${description} With a query it is ${withQuery}.`,
    parameters: parametersOf(endpoint),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: bodyContent(endpoint, body.schema()) } }),
    responses: { ...success(endpoint), ...refusalResponses() },
  };
};

/** Not operations of the admin, and no tools: how a client without a browser gets a session. */
const sessionPaths: JsonObject = {
  '/login/': {
    post: {
      operationId: 'login',
      summary: 'Log in',
      description:
        "Through Django's own login view; the answer carries Django's cookies. The CSRF cookie and header are checked by Django, as for any form.",
      requestBody: {
        required: true,
        content: json({
          type: 'object',
          required: ['username', 'password'],
          properties: { username: { type: 'string' }, password: { type: 'string' } },
          additionalProperties: { type: 'string' },
        }),
      },
      responses: {
        '200': { description: 'Logged in', content: json({ type: 'object' }) },
        ...refusalResponses(),
      },
    },
  },
  '/logout/': {
    post: {
      operationId: 'logout',
      summary: 'Log out',
      responses: {
        '200': { description: 'Logged out', content: json({ type: 'object' }) },
        ...refusalResponses(),
      },
    },
  },
};

const errorSchema: JsonObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        hint: { type: 'string' },
        fields: { type: 'object' },
        details: { type: 'object' },
      },
    },
  },
};

const build = (): JsonObject => {
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const endpoint of endpoints) {
    const path = template(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationJson(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Django admin', version: packageVersion },
    paths: { ...paths, ...sessionPaths },
    components: { schemas: { Error: errorSchema, Plan: asJson(planSchema()) } },
  };
};

let document: JsonObject | undefined;

/**
 * The REST face as an OpenAPI 3.1 document, paths relative to `/api/v1`. Made of the schemas
 * that check the calls; the same for every site and caller.
 */
export const openApi = (): JsonObject => {
  document ??= build();
  return document;
};

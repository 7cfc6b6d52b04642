import type * as z from 'zod';
import { operationNames, operations } from '../../operations/catalogue.ts';
import type { Operation } from '../../operations/define.ts';
import type { JsonObject, JsonValue } from '../../operations/json.ts';
import { jsonSchemaOf } from '../../operations/json-schema.ts';
import type { Answer } from '../../operations/upstream.ts';
import { packageVersion } from '../../version.ts';

type AnyOperation = Operation<string, z.ZodType>;

const asJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

/** `/:app_label/:model_name/` as OpenAPI writes it. */
const template = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

const pathNames = (path: string): string[] =>
  [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? []);

const operationJson = (operation: AnyOperation, form: AnyOperation['rest'][number]): JsonObject => {
  const name = operation.name as (typeof operationNames)[number];
  const { properties } = jsonSchemaOf(name, 'input');
  const inPath = pathNames(form.path);
  const parameters: JsonValue[] = [
    ...inPath.map(
      (each): JsonObject => ({
        name: each,
        in: 'path',
        required: true,
        schema: asJson(properties[each] ?? {}),
      }),
    ),
    ...Object.entries(form.query ?? {}).map(
      ([input, query]): JsonObject => ({
        name: query,
        in: 'query',
        required: false,
        schema: asJson(properties[input] ?? {}),
      }),
    ),
  ];
  return {
    operationId: operation.name,
    summary: operation.title,
    description: operation.description,
    parameters,
    ...(form.body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }),
    responses: {
      [operation.name === 'create' ? '201' : '200']: {
        description: operation.title,
        content: { 'application/json': { schema: asJson(jsonSchemaOf(name, 'output')) } },
      },
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
};

const build = (): JsonObject => {
  const paths: Record<string, Record<string, JsonValue>> = {};
  for (const name of operationNames) {
    const operation = operations[name] as unknown as AnyOperation;
    for (const form of operation.rest) {
      const path = template(form.path);
      const method = form.method.toLowerCase();
      // update and form_submit stand for the same call; the first one describes it.
      paths[path] = { [method]: operationJson(operation, form), ...paths[path] };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Django admin', version: packageVersion },
    paths,
    components: {
      schemas: {
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: {
                code: { type: 'string' },
                message: { type: 'string' },
                fields: { type: 'object' },
              },
            },
          },
        },
      },
    },
  };
};

let document: JsonObject | undefined;

/** No request: the contract is the same for every site. */
export const schema = async (): Promise<Answer> => {
  document ??= build();
  return { status: 200, body: document };
};

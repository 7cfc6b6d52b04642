import type { OperationName } from './catalogue.ts';
import { GatewayError } from './errors.ts';
import { operationNames } from './facts.ts';
import { makePlanSchema, makeSchema } from './make-json-schema.ts';

/** A JSON Schema (2020-12) document whose root is an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** Put in by the build: all schemas as JSON. Making them takes 30 ms, reading them 1. */
declare const OPERATION_SCHEMAS: string;

/** By `operation.side`. */
const schemas: Map<string, ObjectSchema> = new Map(
  typeof OPERATION_SCHEMAS === 'string' ? Object.entries(JSON.parse(OPERATION_SCHEMAS)) : [],
);

/** What dry runs answer with, beside the operations' own. */
const planKey = 'plan.output';

// Conditionals, so that the bundler sees the second half dead and leaves zod and all schemas out.
const make = (name: OperationName, side: 'input' | 'output'): ObjectSchema | undefined =>
  typeof OPERATION_SCHEMAS === 'string' ? undefined : makeSchema(name, side);

/**
 * The JSON Schema of an operation's input or output, the same object for the life of the
 * process: SDKs cache their compiled validators by its identity.
 */
export const jsonSchemaOf = (name: OperationName, side: 'input' | 'output'): ObjectSchema => {
  const key = `${name}.${side}`;
  const schema = schemas.get(key) ?? make(name, side);
  if (schema === undefined)
    throw new GatewayError('internal', `The build has no schema for ${key}.`);
  schemas.set(key, schema);
  return schema;
};

/** The JSON Schema of what a dry run answers with. */
export const planSchema = (): ObjectSchema => {
  const made = typeof OPERATION_SCHEMAS === 'string' ? undefined : makePlanSchema();
  const schema = schemas.get(planKey) ?? made;
  if (schema === undefined) throw new GatewayError('internal', 'The build has no schema of plans.');
  schemas.set(planKey, schema);
  return schema;
};

/** All of them, for the build to keep. */
export const allSchemas = (): Readonly<Record<string, ObjectSchema>> => {
  for (const name of operationNames)
    for (const side of ['input', 'output'] as const) jsonSchemaOf(name, side);
  planSchema();
  return Object.fromEntries(schemas);
};

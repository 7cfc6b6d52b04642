import * as z from 'zod';
import { type OperationName, operationNames, operations } from './catalogue.ts';
import { planBody } from './contract/plan.ts';
import { GatewayError } from './errors.ts';
import { outputs } from './outputs.ts';

/** A JSON Schema (2020-12) document whose root is an object. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

const convert = (schema: z.ZodType, io: 'input' | 'output'): ObjectSchema => {
  const { $schema: _, ...document } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema, zodSchema }) => {
      const replacement = z.globalRegistry.get(zodSchema)?.['jsonSchema'];
      if (replacement !== undefined) {
        const { description } = jsonSchema;
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
        Object.assign(jsonSchema, replacement, description === undefined ? {} : { description });
      }
      // Patterns are checked by us, and cost an agent tokens without helping it.
      delete jsonSchema.pattern;
      // zod bounds every integer by 2^53; said 18 times over, it tells an agent nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if ('propertyNames' in jsonSchema) delete jsonSchema.propertyNames;
    },
  });
  return document as unknown as ObjectSchema;
};

/** Put in by the build: all schemas as JSON. Making them takes 30 ms, reading them 1. */
declare const OPERATION_SCHEMAS: string;

/** By `operation.side`. */
const schemas: Map<string, ObjectSchema> = new Map(
  typeof OPERATION_SCHEMAS === 'string' ? Object.entries(JSON.parse(OPERATION_SCHEMAS)) : [],
);

/** What dry runs answer with, beside the operations' own. */
const planKey = 'plan.output';

// A conditional, so that the bundler sees the second half dead and leaves the output schemas out.
const make = (name: OperationName, side: 'input' | 'output'): ObjectSchema | undefined =>
  typeof OPERATION_SCHEMAS === 'string'
    ? undefined
    : convert(side === 'input' ? operations[name].input : outputs[name], side);

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
  const made = typeof OPERATION_SCHEMAS === 'string' ? undefined : convert(planBody, 'output');
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

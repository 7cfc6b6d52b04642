import * as z from 'zod';
import { type OperationName, operations } from './catalogue.ts';

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

const cache = new Map<string, ObjectSchema>();

/**
 * The JSON Schema of an operation's input or output, made once per process: SDKs cache their
 * compiled validators by the identity of this object.
 */
export const jsonSchemaOf = (name: OperationName, side: 'input' | 'output'): ObjectSchema => {
  const key = `${name}.${side}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const schema = convert(operations[name][side], side);
  cache.set(key, schema);
  return schema;
};

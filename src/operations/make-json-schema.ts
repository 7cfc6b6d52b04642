import * as z from 'zod';
import { type OperationName, operations } from './catalogue.ts';
import { planBody } from './contract/plan.ts';
import type { ObjectSchema } from './json-schema.ts';
import { outputs } from './outputs.ts';

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

/** The schema of an operation's input or output, made anew. */
export const makeSchema = (name: OperationName, side: 'input' | 'output'): ObjectSchema =>
  convert(side === 'input' ? operations[name].input : outputs[name], side);

/** The same of what a dry run answers with. */
export const makePlanSchema = (): ObjectSchema => convert(planBody, 'output');

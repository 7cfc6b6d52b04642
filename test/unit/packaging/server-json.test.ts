import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentPrefix, optionKeys, optionSpec } from '../../../src/config/options.ts';

/**
 * The part of the registry's schema (2025-12-11) that we use, in our own words, and stricter:
 * a key that it does not know would be dropped there without a word.
 */
const input = {
  description: z.string().optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  format: z.enum(['string', 'number', 'boolean', 'filepath']).optional(),
  default: z.string().optional(),
  value: z.string().optional(),
  choices: z.array(z.string()).optional(),
};
const schema = z.strictObject({
  $schema: z.literal(
    'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  ),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: z
    .string()
    .max(255)
    .regex(/^\d+\.\d+\.\d+/),
  packages: z.array(
    z.strictObject({
      registryType: z.literal('npm'),
      identifier: z.string(),
      version: z.string().min(1),
      runtimeHint: z.string().optional(),
      transport: z.strictObject({ type: z.literal('stdio') }),
      // One of `value` and `valueHint` has to be there; we give the first.
      packageArguments: z.array(
        z.strictObject({ type: z.literal('positional'), ...input, value: z.string() }),
      ),
      environmentVariables: z.array(z.strictObject({ name: z.string(), ...input })),
    }),
  ),
});

const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const server = schema.parse(await read('server.json'));
const manifest = z
  .object({ name: z.string(), version: z.string(), mcpName: z.string() })
  .parse(await read('package.json'));

describe('server.json', () => {
  it('names the package that package.json publishes, and is named back', () => {
    expect(server.name).toBe(manifest.mcpName);
    expect(server.version).toBe(manifest.version);
    expect(server.packages).toMatchObject([
      { identifier: manifest.name, version: manifest.version },
    ]);
  });

  it('has every setting of stdio, and no secret that is not marked as one', () => {
    const variables = new Map(
      server.packages[0]?.environmentVariables.map((variable) => [variable.name, variable]),
    );
    const keys = optionKeys.filter((key) => optionSpec(key).group !== 'Server');
    expect([...variables.keys()]).toEqual(keys.map((key) => environmentPrefix + key));
    for (const key of keys)
      expect(variables.get(environmentPrefix + key)?.isSecret === true).toBe(
        optionSpec(key).secret === true,
      );
  });
});

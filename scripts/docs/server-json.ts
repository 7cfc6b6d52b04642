import { readFile } from 'node:fs/promises';
import type { OptionSpec } from '../../src/config/option-spec.ts';
import { environmentPrefix, optionKeys, optionSpec } from '../../src/config/options.ts';

/** What this is derived from, besides the table of options. */
interface Manifest {
  readonly name: string;
  readonly mcpName: string;
  readonly version: string;
}

const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;

const formatOf = (spec: OptionSpec): string => {
  if (spec.kind === 'integer') return 'number';
  if (spec.kind === 'switch') return 'boolean';
  return spec.value === 'DIR' || spec.value === 'FILE' ? 'filepath' : 'string';
};

/** As an environment variable carries it; lists and maps are empty by default or too long to show. */
const defaultOf = ({ default: value }: OptionSpec): string | undefined =>
  typeof value === 'object' || value === undefined ? undefined : String(value);

const variables = optionKeys
  .filter((key) => optionSpec(key).group !== 'Server')
  .map((key) => {
    const spec: OptionSpec = optionSpec(key);
    const value = defaultOf(spec);
    return {
      name: environmentPrefix + key,
      description: spec.help,
      ...(key === 'ADMIN_SITE' ? { isRequired: true } : {}),
      ...(spec.secret === true ? { isSecret: true } : {}),
      format: formatOf(spec),
      ...(value === undefined ? {} : { default: value }),
      ...(spec.kind === 'choice' ? { choices: spec.choices } : {}),
    };
  });

/** What the MCP registry wants to know: https://static.modelcontextprotocol.io/schemas/ */
export const serverJson = `${JSON.stringify(
  {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: manifest.mcpName,
    title: 'Django admin',
    description:
      'Any Django admin as an MCP server: same permissions, same ModelAdmin, same forms.',
    version: manifest.version,
    packages: [
      {
        registryType: 'npm',
        identifier: manifest.name,
        version: manifest.version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        packageArguments: [{ type: 'positional', value: 'stdio' }],
        environmentVariables: variables,
      },
    ],
  },
  null,
  2,
)}\n`;

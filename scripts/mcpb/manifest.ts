import { readFile } from 'node:fs/promises';
import { environmentPrefix, type OptionKey, optionSpec } from '../../src/config/options.ts';
import { toolEntries } from '../../src/mcp/tools.ts';

/** What this is derived from, besides the tables of options and tools. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: { readonly node: string };
}

interface Asked {
  readonly key: OptionKey;
  readonly title: string;
  readonly required?: boolean;
}

/** What Claude Desktop asks for when the bundle is installed. */
const asked: readonly Asked[] = [
  { key: 'ADMIN_SITE', title: 'Admin URL', required: true },
  { key: 'USERNAME', title: 'User name' },
  { key: 'PASSWORD', title: 'Password' },
  { key: 'PROFILE', title: 'Profile' },
  { key: 'READ_ONLY', title: 'Read only' },
  { key: 'UPLOAD_ROOT', title: 'Folder for uploads' },
  { key: 'DOWNLOAD_DIR', title: 'Folder for downloads' },
];

const nameOf = (key: OptionKey): string => key.toLowerCase();

const typeOf = (key: OptionKey): 'boolean' | 'directory' | 'string' => {
  const { kind, value } = optionSpec(key);
  if (kind === 'switch') return 'boolean';
  return value === 'DIR' ? 'directory' : 'string';
};

const question = ({ key, title, required = false }: Asked) => {
  const { help, secret, default: fallback } = optionSpec(key);
  return {
    type: typeOf(key),
    title,
    description: help,
    required,
    ...(secret === true ? { sensitive: true } : {}),
    // Without one, the client would hand on its own placeholder; empty text counts as not set.
    ...(required ? {} : { default: fallback ?? '' }),
  };
};

const { name, version, description, license, engines } = JSON.parse(
  await readFile('package.json', 'utf8'),
) as Package;

/** The manifest of the bundle, https://github.com/modelcontextprotocol/mcpb 0.3. */
export const manifest = {
  manifest_version: '0.3',
  name,
  display_name: 'Django admin',
  version,
  description,
  author: { name: 'The django-admin-mcp-api contributors' },
  license,
  server: {
    type: 'node',
    entry_point: 'dist/main.js',
    mcp_config: {
      command: 'node',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the client fills it in
      args: ['${__dirname}/dist/main.js', 'stdio'],
      env: Object.fromEntries(
        asked.map(({ key }) => [environmentPrefix + key, `\${user_config.${nameOf(key)}}`]),
      ),
    },
  },
  tools: toolEntries('snake').map((tool) => ({
    name: tool.name,
    description: tool.title,
  })),
  user_config: Object.fromEntries(asked.map((entry) => [nameOf(entry.key), question(entry)])),
  compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: engines.node } },
};

import type { OptionSpec } from '../option-spec.ts';

/** How the server shows itself to MCP clients. */
export const mcpOptions = {
  SERVER_NAME: {
    kind: 'text',
    flag: 'server-name',
    value: 'NAME',
    default: 'django-admin',
    group: 'MCP',
    help: 'The serverInfo.name that clients see; useful to tell staging from production.',
  },
  SERVER_VERSION: {
    kind: 'text',
    flag: 'server-version',
    value: 'VERSION',
    default: null,
    group: 'MCP',
    help: 'The serverInfo.version. Default: the version of this package.',
  },
  PROTOCOL_VERSION: {
    kind: 'choice',
    choices: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'],
    flag: 'protocol-version',
    value: 'DATE',
    default: null,
    group: 'MCP',
    help: 'The newest MCP revision to offer. Default: all of them, and the client chooses.',
  },
  TOOL_NAMES: {
    kind: 'choice',
    choices: ['snake', 'dotted'],
    flag: 'tool-names',
    value: 'STYLE',
    default: 'snake',
    group: 'MCP',
    help: 'How tools are listed: admin_list, which every client takes, or admin.list. Calls may use either.',
  },
  RESULT_SHAPE: {
    kind: 'choice',
    choices: ['mcp', 'seed'],
    flag: 'result-shape',
    value: 'SHAPE',
    default: 'mcp',
    group: 'MCP',
    help: 'Results as MCP defines them, or the {"type": "json"} blocks of the Python package, which official clients reject.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

import { GatewayError } from '../operations/errors.ts';
import { didYouMean } from '../operations/nearest.ts';
import type { ClientSpec } from './client.ts';
import { inAppData, inHome, inMovable, inProject } from './places.ts';

const restart = 'Restart it: it reads the file when it starts.';

/**
 * The clients that `setup` writes for. Their files, keys and habits as of November 2026; each
 * is a fact about that client, so the setup, the lint, the examples and the docs read it here.
 */
export const clients = {
  'claude-desktop': {
    title: 'Claude Desktop',
    files: { user: inAppData('Claude', 'claude_desktop_config.json') },
    format: 'json',
    key: 'mcpServers',
    stdio: {},
    http: {
      impossible:
        'Claude Desktop skips entries with a URL. Remote servers are added under Settings, Connectors, and called from the cloud.',
    },
    prompts: false,
    environment: 'basic',
    next: restart,
    remarks: [
      'The .mcpb bundle installs with a double click and asks for the password itself; it is kept in the keychain of your system.',
    ],
  },
  'claude-code': {
    title: 'Claude Code',
    files: {
      user: inMovable('CLAUDE_CONFIG_DIR', '', '.claude.json'),
      project: inProject('.mcp.json'),
    },
    format: 'json',
    key: 'mcpServers',
    stdio: { type: 'stdio' },
    http: {
      type: 'http',
      url: 'url',
      headers: 'headers',
      reference: ({ variable }) => `\${${variable}}`,
    },
    prompts: false,
    environment: 'shell',
    next: 'Look at it with "claude mcp list".',
    remarks: [
      'A running Claude Code rewrites its user file; "claude mcp add" does the same as this setup and is safe then.',
      'Without a session over HTTP it says "Dynamic Client Registration rejected": it takes the 401 for a wish for OAuth. The two variables are missing.',
    ],
  },
  cursor: {
    title: 'Cursor',
    files: { user: inHome('.cursor', 'mcp.json'), project: inProject('.cursor', 'mcp.json') },
    format: 'json',
    key: 'mcpServers',
    stdio: {},
    http: {
      url: 'url',
      headers: 'headers',
      reference: ({ variable }) => `\${env:${variable}}`,
    },
    prompts: false,
    environment: 'desktop',
    next: 'Switch it on under Settings, MCP.',
    remarks: ['Hides tools whose name and server name together are longer than 60 characters.'],
  },
  vscode: {
    title: 'VS Code',
    files: {
      user: inAppData('Code', 'User', 'mcp.json'),
      project: inProject('.vscode', 'mcp.json'),
    },
    format: 'jsonc',
    key: 'servers',
    stdio: { type: 'stdio' },
    http: {
      type: 'http',
      url: 'url',
      headers: 'headers',
      reference: ({ prompt }) => `\${input:${prompt}}`,
    },
    prompts: true,
    environment: 'desktop',
    next: 'Start it from the line above its entry, or with "MCP: List Servers".',
    remarks: [
      'Servers that run in its sandbox are called without asking; destructive calls are confirmed by the gateway itself.',
    ],
  },
  windsurf: {
    title: 'Windsurf',
    files: { user: inHome('.codeium', 'windsurf', 'mcp_config.json') },
    format: 'json',
    key: 'mcpServers',
    stdio: {},
    http: {
      url: 'serverUrl',
      headers: 'headers',
      reference: ({ variable }) => `\${env:${variable}}`,
    },
    prompts: false,
    environment: 'desktop',
    next: 'Press refresh in its MCP panel.',
  },
  zed: {
    title: 'Zed',
    files: {
      // Zed has a folder of its own name on Windows only; elsewhere it follows XDG, on macOS too.
      user: (place) =>
        place.platform === 'win32'
          ? inAppData('Zed', 'settings.json')(place)
          : inMovable('XDG_CONFIG_HOME', '.config', 'zed', 'settings.json')(place),
      project: inProject('.zed', 'settings.json'),
    },
    format: 'jsonc',
    key: 'context_servers',
    stdio: {},
    http: { url: 'url', headers: 'headers' },
    prompts: false,
    environment: 'desktop',
    next: 'It starts at once; the agent panel shows a green dot.',
  },
  codex: {
    title: 'Codex CLI',
    files: {
      user: inMovable('CODEX_HOME', '.codex', 'config.toml'),
      project: inProject('.codex', 'config.toml'),
    },
    format: 'toml',
    key: 'mcp_servers',
    stdio: {},
    http: {
      url: 'url',
      headers: 'env_http_headers',
      reference: ({ variable }) => variable,
    },
    prompts: false,
    environment: 'basic',
    next: 'Look at it with "codex mcp list".',
    remarks: [
      'A project file is read only in projects that Codex was told to trust.',
      'It hands PATH, HOME and the like to servers and nothing else. Where the site has a certificate of your own authority, add env_vars = ["NODE_EXTRA_CA_CERTS"] to the entry.',
    ],
  },
  gemini: {
    title: 'Gemini CLI',
    files: {
      user: inHome('.gemini', 'settings.json'),
      project: inProject('.gemini', 'settings.json'),
    },
    format: 'jsonc',
    key: 'mcpServers',
    stdio: {},
    http: {
      url: 'httpUrl',
      headers: 'headers',
      reference: ({ variable }) => `\${${variable}}`,
      newer: { type: 'http', url: 'url' },
    },
    prompts: false,
    environment: 'filtered',
    next: 'Look at it with "gemini mcp list".',
    remarks: [
      'In a folder that it does not trust it starts no server at all, not even those of the user.',
      'Variables whose names look like secrets (TOKEN, SECRET, PASSWORD, KEY, AUTH, CERT and the like, so NODE_EXTRA_CA_CERTS too) reach a server only when its entry names them under "env".',
    ],
  },
  jetbrains: {
    title: 'JetBrains (Junie)',
    files: {
      user: inHome('.junie', 'mcp', 'mcp.json'),
      project: inProject('.junie', 'mcp', 'mcp.json'),
    },
    format: 'json',
    key: 'mcpServers',
    stdio: {},
    http: { url: 'url', headers: 'headers' },
    prompts: false,
    environment: 'desktop',
    next: 'Switch it on under Settings, Tools, Junie, MCP.',
    remarks: [
      'AI Assistant keeps its servers inside the IDE: paste what --print gives under Settings, Tools, AI Assistant, Model Context Protocol.',
    ],
  },
  'copilot-cli': {
    title: 'Copilot CLI',
    files: {
      user: inMovable('COPILOT_HOME', '.copilot', 'mcp-config.json'),
      // It reads .mcp.json as well, but that is where Claude Code has its own entries.
      project: inProject('.github', 'mcp.json'),
    },
    format: 'json',
    key: 'mcpServers',
    stdio: { type: 'local' },
    http: {
      type: 'http',
      url: 'url',
      headers: 'headers',
      reference: ({ variable }) => `\${${variable}}`,
    },
    extra: { tools: ['*'] },
    prompts: false,
    environment: 'shell',
    next: 'Look at it with "/mcp show".',
    remarks: ['A project file is read only in folders that Copilot was told to trust.'],
  },
} as const satisfies Readonly<Record<string, ClientSpec>>;

export type ClientId = keyof typeof clients;

export const clientIds = Object.keys(clients) as readonly ClientId[];

/** @throws GatewayError `input`, with the nearest name */
export const clientOfName = (name: string): ClientSpec & { readonly id: ClientId } => {
  const id = clientIds.find((known) => known === name);
  if (id === undefined)
    throw new GatewayError('input', `There is no client "${name}".`, {
      hint: didYouMean(name, clientIds),
    });
  return { ...clients[id], id };
};

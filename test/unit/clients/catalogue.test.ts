// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such texts are what clients fill in
import { describe, expect, it } from 'vitest';
import { type ClientId, clientIds, clientOfName, clients } from '../../../src/clients/catalogue.ts';
import type { ClientSpec, Place } from '../../../src/clients/client.ts';
import { entryFor, launchOf } from '../../../src/clients/entry.ts';
import { parseClientFile, withEntry } from '../../../src/clients/file.ts';
import { alternativesOf } from '../../../src/clients/links.ts';
import { httpServer, stdioServer } from '../../../src/clients/server.ts';

const linux: Place = { platform: 'linux', home: '/home/ana', cwd: '/home/ana/shop', env: {} };
const mac: Place = { ...linux, platform: 'darwin', home: '/Users/ana' };
const windows: Place = {
  platform: 'win32',
  home: 'C:\\Users\\ana',
  cwd: 'C:\\work',
  env: { APPDATA: 'C:\\Users\\ana\\AppData\\Roaming' },
};

const fileOf = (id: ClientId, place: Place, scope: 'user' | 'project' = 'user') =>
  (clients[id] as ClientSpec).files[scope]?.(place);

const args = ['--url', 'https://shop.example/admin/'];
const npx = ['-y', 'django-admin-mcp-api', 'stdio', ...args];
const stdio = stdioServer('django-admin', args, false, { kind: 'npx' }, 'linux');
const http = httpServer('django-admin', 'https://gw.example/mcp/', 'X-CSRFToken');
const url = 'https://gw.example/mcp/';

describe('the files of the clients', () => {
  it('are where each system keeps them', () => {
    expect(fileOf('claude-desktop', mac)).toBe(
      '/Users/ana/Library/Application Support/Claude/claude_desktop_config.json',
    );
    expect(fileOf('claude-desktop', windows)).toBe(
      'C:\\Users\\ana\\AppData\\Roaming\\Claude\\claude_desktop_config.json',
    );
    expect(fileOf('claude-desktop', linux)).toBe(
      '/home/ana/.config/Claude/claude_desktop_config.json',
    );
    expect(fileOf('claude-code', linux)).toBe('/home/ana/.claude.json');
    expect(fileOf('vscode', mac)).toBe('/Users/ana/Library/Application Support/Code/User/mcp.json');
    expect(fileOf('vscode', windows, 'project')).toBe('C:\\work\\.vscode\\mcp.json');
    expect(fileOf('copilot-cli', linux, 'project')).toBe('/home/ana/shop/.github/mcp.json');
    expect(fileOf('zed', mac)).toBe('/Users/ana/.config/zed/settings.json');
    expect(fileOf('zed', windows)).toBe('C:\\Users\\ana\\AppData\\Roaming\\Zed\\settings.json');
  });

  it('follow the variables that move them', () => {
    const moved = {
      ...linux,
      env: { CODEX_HOME: '/c', COPILOT_HOME: '/p', CLAUDE_CONFIG_DIR: '/d', XDG_CONFIG_HOME: '/x' },
    };
    expect(fileOf('codex', moved)).toBe('/c/config.toml');
    expect(fileOf('copilot-cli', moved)).toBe('/p/mcp-config.json');
    expect(fileOf('claude-code', moved)).toBe('/d/.claude.json');
    expect(fileOf('vscode', moved)).toBe('/x/Code/User/mcp.json');
  });

  it('have a name that is corrected when it is mistyped', () => {
    expect(() => clientOfName('windsurff')).toThrow(/no client "windsurff"/);
  });
});

describe('an entry', () => {
  it.each([
    ['claude-desktop', 'mcpServers', {}],
    ['claude-code', 'mcpServers', { type: 'stdio' }],
    ['cursor', 'mcpServers', {}],
    ['vscode', 'servers', { type: 'stdio' }],
    ['windsurf', 'mcpServers', {}],
    ['zed', 'context_servers', {}],
    ['codex', 'mcp_servers', {}],
    ['gemini', 'mcpServers', {}],
    ['jetbrains', 'mcpServers', {}],
    ['copilot-cli', 'mcpServers', { type: 'local', tools: ['*'] }],
  ] as const)('for %s starts the command under its own key', async (id, key, more) => {
    const client = clients[id];
    const text = await withEntry(client, '', 'django-admin', entryFor(client, stdio));
    expect(await parseClientFile(client, text)).toEqual({
      [key]: { 'django-admin': { command: 'npx', args: npx, ...more } },
    });
  });

  it.each([
    [
      'claude-code',
      {
        type: 'http',
        url,
        headers: { Cookie: '${DJANGO_ADMIN_COOKIE}', 'X-CSRFToken': '${DJANGO_ADMIN_CSRF}' },
      },
    ],
    [
      'cursor',
      {
        url,
        headers: {
          Cookie: '${env:DJANGO_ADMIN_COOKIE}',
          'X-CSRFToken': '${env:DJANGO_ADMIN_CSRF}',
        },
      },
    ],
    [
      'vscode',
      {
        type: 'http',
        url,
        headers: {
          Cookie: '${input:django-admin-cookie}',
          'X-CSRFToken': '${input:django-admin-csrf}',
        },
      },
    ],
    [
      'windsurf',
      {
        serverUrl: url,
        headers: {
          Cookie: '${env:DJANGO_ADMIN_COOKIE}',
          'X-CSRFToken': '${env:DJANGO_ADMIN_CSRF}',
        },
      },
    ],
    ['zed', { url }],
    [
      'codex',
      {
        url,
        env_http_headers: { Cookie: 'DJANGO_ADMIN_COOKIE', 'X-CSRFToken': 'DJANGO_ADMIN_CSRF' },
      },
    ],
    [
      'gemini',
      {
        httpUrl: url,
        headers: { Cookie: '${DJANGO_ADMIN_COOKIE}', 'X-CSRFToken': '${DJANGO_ADMIN_CSRF}' },
      },
    ],
    ['jetbrains', { url }],
    [
      'copilot-cli',
      {
        type: 'http',
        url,
        headers: { Cookie: '${DJANGO_ADMIN_COOKIE}', 'X-CSRFToken': '${DJANGO_ADMIN_CSRF}' },
        tools: ['*'],
      },
    ],
  ] as const)('for %s names a URL with its own words, and no secret', (id, value) => {
    expect(entryFor(clients[id], http).value).toEqual(value);
  });

  it('cannot name a URL for Claude Desktop, which says where they go instead', () => {
    expect(() => entryFor(clients['claude-desktop'], http)).toThrow(/Connectors/);
  });

  it('has the password asked for by the one client that can', () => {
    const server = stdioServer(
      'shop',
      [...args, '--username', 'ana'],
      true,
      { kind: 'npx' },
      'linux',
    );
    const { value, prompts } = entryFor(clients.vscode, server);
    expect(value['env']).toEqual({ DJANGO_ADMIN_MCP_API_PASSWORD: '${input:shop-password}' });
    expect(prompts).toMatchObject([{ id: 'shop-password', password: true }]);
    for (const id of clientIds.filter((other) => other !== 'vscode'))
      expect(JSON.stringify(entryFor(clients[id], server))).not.toMatch(/PASSWORD/);
  });

  it('starts npx through cmd on Windows', () => {
    const server = stdioServer('a', args, false, { kind: 'npx' }, 'win32');
    expect(server).toMatchObject({ command: 'cmd', args: ['/c', 'npx', ...npx] });
  });
});

describe('the other ways in', () => {
  const alternatives = (id: ClientId, server: typeof stdio) => {
    const client: ClientSpec = clients[id];
    const entry = entryFor(client, server);
    const launch = launchOf(client, entry.value);
    if (launch === undefined) throw new Error(`${id} cannot read its own entry`);
    return alternativesOf(id, 'shop', entry, launch, 'user');
  };

  it('are links that hold the same entry', () => {
    const [cursor = ''] = alternatives('cursor', stdio);
    const link = new URL(cursor);
    expect(link.protocol).toBe('cursor:');
    const config = Buffer.from(link.searchParams.get('config') ?? '', 'base64').toString();
    expect(JSON.parse(config)).toEqual({ command: 'npx', args: npx });
    const [vscode = ''] = alternatives('vscode', stdio);
    expect(JSON.parse(decodeURIComponent(vscode.replace('vscode:mcp/install?', '')))).toEqual({
      name: 'shop',
      type: 'stdio',
      command: 'npx',
      args: npx,
    });
  });

  it('are commands of the client, quoted for a shell', () => {
    expect(alternatives('claude-code', stdio)).toEqual([
      `claude mcp add --scope user shop -- npx ${npx.join(' ')}`,
    ]);
    expect(alternatives('claude-code', http)[0]).toContain("'Cookie: ${DJANGO_ADMIN_COOKIE}'");
    expect(alternatives('codex', stdio)).toEqual([`codex mcp add shop -- npx ${npx.join(' ')}`]);
    expect(alternatives('gemini', stdio)).toEqual([
      `gemini mcp add --scope user shop npx -- ${npx.join(' ')}`,
    ]);
    expect(alternatives('gemini', http)[0]).toContain(`--transport http shop ${url} --header`);
    expect(alternatives('copilot-cli', stdio)).toEqual([
      `copilot mcp add shop -- npx ${npx.join(' ')}`,
    ]);
    expect(alternatives('copilot-cli', http)[0]).toContain("'X-CSRFToken: ${DJANGO_ADMIN_CSRF}'");
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such texts are what clients fill in
import { describe, expect, it } from 'vitest';
import { type ClientId, clientIds, clients } from '../../../src/clients/catalogue.ts';
import { type ClientSpec, isHttpForm } from '../../../src/clients/client.ts';
import { entryFor } from '../../../src/clients/entry.ts';
import { parseClientFile, withEntry } from '../../../src/clients/file.ts';
import { lintClientFile } from '../../../src/clients/lint/client-file.ts';
import type { Machine } from '../../../src/clients/lint/finding.ts';
import { httpServer, stdioServer } from '../../../src/clients/server.ts';
import type { JsonObject } from '../../../src/operations/json.ts';

const machine = (env: Record<string, string> = {}): Machine => ({
  place: { platform: 'linux', home: '/home/ana', cwd: '/home/ana/shop', env },
  hasCommand: (command) => command === 'npx',
});

const good = {
  command: 'npx',
  args: ['-y', 'django-admin-mcp-api', 'stdio', '--url', 'https://shop.example/admin/'],
};

const said = (id: ClientId, root: JsonObject, env?: Record<string, string>, only?: string) =>
  lintClientFile(clients[id], root, machine(env), only)
    .flatMap(({ findings }) => findings)
    .map(({ state, message }) => `${state}: ${message}`)
    .join('\n');

const inCursor = (value: JsonObject, name = 'django-admin', env?: Record<string, string>) =>
  said('cursor', { mcpServers: { [name]: value } }, env, name);

describe('the lint of a client file', () => {
  it('finds nothing in what setup writes', async () => {
    const variables = { DJANGO_ADMIN_COOKIE: 'sessionid=a', DJANGO_ADMIN_CSRF: 'b' };
    const args = good.args.slice(3);
    for (const id of clientIds) {
      const client: ClientSpec = clients[id];
      const servers = [
        stdioServer('django-admin', args, client.prompts, { kind: 'npx' }, 'linux'),
        ...(isHttpForm(client.http) && client.http.reference !== undefined
          ? [httpServer('django-admin', 'https://gw.example/mcp/', 'X-CSRFToken')]
          : []),
      ];
      for (const server of servers) {
        const text = await withEntry(client, '', 'django-admin', entryFor(client, server));
        expect([id, said(id, await parseClientFile(client, text), variables)]).toEqual([id, '']);
      }
    }
  });

  it('finds our server under the key of another client', () => {
    const text = said('vscode', { mcpServers: { shop: good } });
    expect(text).toContain('"shop" stands under "mcpServers", which VS Code does not read');
    expect(said('zed', { mcpServers: { shop: good }, context_servers: { shop: good } })).toContain(
      'stands under',
    );
    expect(said('cursor', { mcpServers: { other: { command: 'x' } } })).toContain(
      'No server of ours',
    );
  });

  it('finds names that clients refuse, hide or crop', () => {
    expect(inCursor(good, 'my admin')).toMatch(/^error: .*letters, digits/);
    expect(inCursor(good, 'x'.repeat(65))).toMatch(/^error: .*1 to 64/);
    expect(inCursor(good, 'x'.repeat(45))).toMatch(/^error: .*hide tools/);
    expect(inCursor(good, 'x'.repeat(16))).toMatch(/^warning: .*16 characters/);
  });

  it('finds commands that cannot work', () => {
    expect(inCursor({ ...good, command: 'npxx' })).toContain('"npxx" is not found');
    expect(inCursor({ ...good, args: good.args.slice(1) })).toContain('lack "-y"');
    expect(inCursor({ ...good, args: ['-y', 'django-admin-mcp-api'] })).toContain('lack "stdio"');
    expect(inCursor({ ...good, args: good.args.slice(0, 3) })).toContain('No admin is named');
    expect(inCursor({ args: [] })).toContain('neither a command nor a URL');
  });

  it('finds faults of URLs', () => {
    const site = (url: string) => inCursor({ ...good, args: [...good.args.slice(0, 4), url] });
    expect(site('shop.example/admin/')).toContain('not an http or https URL');
    expect(site('https://shop.example/admin/login/')).toContain('login page');
    expect(site('https://shop.example/admin')).toContain('no slash at its end');
    const remote = (url: string) => inCursor({ url, headers: { Cookie: '${env:PATH}' } });
    expect(remote('https://gw.example/')).toContain('does not end in /mcp/');
    expect(remote('https://gw.example//mcp/')).toContain('two slashes');
    expect(remote('gw.example/mcp')).toContain('not an http or https URL');
  });

  it('finds keys of other clients', () => {
    const url = 'https://gw.example/mcp/';
    const headers = { Cookie: '${PATH}' };
    expect(said('windsurf', { mcpServers: { a: { url } } })).toContain(
      'Windsurf does not take "url"',
    );
    expect(said('gemini', { mcpServers: { a: { url, headers } } })).toContain(
      'does not take "url"',
    );
    // What "gemini mcp add" writes.
    expect(said('gemini', { mcpServers: { a: { url, type: 'http', headers } } })).not.toContain(
      'error',
    );
    expect(
      said('gemini', { mcpServers: { a: { url: 'gw.example/mcp/', type: 'http' } } }),
    ).toContain('is not an http or https URL');
    expect(said('codex', { mcp_servers: { a: { url, headers } } })).toContain('ignores "headers"');
    expect(said('claude-code', { mcpServers: { a: { url, headers } } })).toContain(
      '"type": "http"',
    );
    expect(said('claude-desktop', { mcpServers: { a: { url } } })).toContain('Connectors');
    expect(said('zed', { context_servers: { a: { url } } })).toContain(
      'No header carries a session',
    );
  });

  it('finds secrets in the file', () => {
    const env = { DJANGO_ADMIN_MCP_API_PASSWORD: 'hunter2' };
    const text = inCursor({ ...good, env });
    expect(text).toContain('DJANGO_ADMIN_MCP_API_PASSWORD stands in the file');
    expect(text).not.toContain('hunter2');
    const remote = inCursor({
      url: 'https://gw.example/mcp',
      headers: { Cookie: 'sessionid=abc' },
    });
    expect(remote).toContain('Cookie stands in the file');
    expect(remote).not.toContain('abc');
  });

  it('finds references that lead nowhere', () => {
    const env = { DJANGO_ADMIN_MCP_API_PASSWORD: '${input:pw}' };
    expect(said('vscode', { servers: { a: { type: 'stdio', ...good, env } } })).toContain(
      'the file does not define under "inputs"',
    );
    expect(inCursor({ ...good, env })).toContain('Cursor does not have');
    expect(
      said('vscode', { inputs: [{ id: 'pw' }], servers: { a: { type: 'stdio', ...good, env } } }),
    ).toBe('');
    expect(
      inCursor({ url: 'https://gw.example/mcp/', headers: { Cookie: '${env:NOT_SET}' } }),
    ).toContain('NOT_SET, which is not set here');
  });

  it('finds variables that a client keeps from its servers', () => {
    const env = { DJANGO_ADMIN_MCP_API_PASSWORD: 'x', DJANGO_ADMIN_MCP_API_PROFILE: 'prod' };
    const gemini = said('gemini', { mcpServers: { a: good } }, env);
    expect(gemini).toContain('DJANGO_ADMIN_MCP_API_PASSWORD is set in this shell');
    expect(gemini).not.toContain('PROFILE');
    expect(said('codex', { mcp_servers: { a: good } }, env)).toContain('PROFILE is set');
    expect(said('claude-code', { mcpServers: { a: { type: 'stdio', ...good } } }, env)).toBe('');
  });
});

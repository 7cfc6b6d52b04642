import { delimiter, dirname, join } from 'node:path';
import { isJsonObject } from '../../src/operations/json.ts';
import { run } from '../lib/run.mjs';
import { type Application, patienceMs, type Seen, serverNames } from './application.ts';
import { fileOf, newerNode } from './install.ts';

const name = '@modelcontextprotocol/inspector';

const seen = (server: string, stdout: string, failure: string): Seen => {
  try {
    const { result } = JSON.parse(stdout);
    const tools = isJsonObject(result) && Array.isArray(result['tools']) ? result['tools'] : [];
    return { connected: tools.length > 0, said: `${server}: ${tools.length} tools` };
  } catch {
    return { connected: false, said: `${server}: ${failure}` };
  }
};

/**
 * MCP Inspector reads files of the "mcpServers" kind, here the one that is written for Cursor. It
 * fills in no variables, so it is given the headers as a person would paste them.
 */
export const inspector: Application = {
  title: 'MCP Inspector',
  package: name,
  client: 'cursor',
  look: async ({ home, project, mcpUrl }, env) => {
    const listTools = async (server: string, args: readonly string[]) => {
      const listing = ['--method', 'tools/list', '--format', 'json', '--quiet'];
      const { stdout, failure } = await run(
        newerNode,
        [fileOf(name, 'clients/launcher/build/index.js'), '--cli', ...args, ...listing],
        {
          cwd: project,
          env: {
            ...env,
            // npx, which it starts, is to run on the same Node.
            PATH: [dirname(newerNode), env['PATH'] ?? ''].join(delimiter),
            MCP_INSPECTOR_SECRET_STORE: 'memory',
          },
          timeoutMs: patienceMs,
          detached: true,
        },
      );
      return seen(server, stdout, failure);
    };
    const file = join(home, '.cursor', 'mcp.json');
    const headers = Object.entries({
      Cookie: env['DJANGO_ADMIN_COOKIE'],
      'X-CSRFToken': env['DJANGO_ADMIN_CSRF'],
    }).flatMap(([header, value]) =>
      value === undefined ? [] : ['--header', `${header}: ${value}`],
    );
    return {
      stdio: await listTools(serverNames.stdio, ['--config', file, '--server', serverNames.stdio]),
      http: await listTools(serverNames.http, [
        ...['--server-url', mcpUrl, '--transport', 'http', '--stored-auth-only'],
        ...headers,
      ]),
    };
  },
};

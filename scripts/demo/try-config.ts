import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { clients } from '../../src/clients/catalogue.ts';
import { launchOf } from '../../src/clients/entry.ts';
import { parseClientFile } from '../../src/clients/file.ts';
import { isJsonObject } from '../../src/operations/json.ts';
import { toolName } from '../../src/operations/names.ts';

const client = clients['claude-desktop'];

/**
 * Reads a configuration back as its client would, starts what it says and calls a tool.
 *
 * @returns how many models the registry has
 */
export const tryConfig = async (text: string, name: string): Promise<number> => {
  const root = await parseClientFile(client, text);
  const servers = root[client.key];
  const value = isJsonObject(servers) ? servers[name] : undefined;
  const launch = isJsonObject(value) ? launchOf(client, value) : undefined;
  if (launch?.kind !== 'stdio') throw new Error('the configuration starts nothing');
  const mcp = new Client({ name: 'demo', version: '1' });
  await mcp.connect(
    new StdioClientTransport({
      command: launch.command,
      args: [...launch.args],
      env: { ...launch.env },
      stderr: 'ignore',
    }),
  );
  try {
    const { tools } = await mcp.listTools();
    const registry = toolName('registry', 'snake');
    if (!tools.some((tool) => tool.name === registry)) throw new Error('no tools');
    const { structuredContent, isError } = await mcp.callTool({ name: registry, arguments: {} });
    if (isError === true) throw new Error('the registry did not answer');
    const apps = isJsonObject(structuredContent) ? structuredContent['apps'] : undefined;
    return (Array.isArray(apps) ? apps : []).flatMap((app) =>
      isJsonObject(app) && Array.isArray(app['models']) ? app['models'] : [],
    ).length;
  } finally {
    await mcp.close();
  }
};

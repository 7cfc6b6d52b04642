import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/operations/json.ts';
import { type Application, patienceMs, type Seen, serverNames } from './application.ts';
import { fileOf } from './install.ts';

const name = '@openai/codex';

const seen = (server: string, status: JsonObject | undefined): Seen => {
  if (status === undefined) return { connected: false, said: `nothing about "${server}"` };
  const tools = isJsonObject(status['tools']) ? Object.keys(status['tools']).length : 0;
  const error = status['toolsError'];
  return {
    connected: tools > 0,
    said: `${server}: ${tools} tools${typeof error === 'string' ? `, ${error}` : ''}`,
  };
};

const statuses = (message: JsonObject): readonly JsonObject[] => {
  const { result } = message;
  const data: JsonValue | undefined = isJsonObject(result) ? result['data'] : undefined;
  return Array.isArray(data) ? data.filter(isJsonObject) : [];
};

/**
 * `codex mcp list` only reads the file. Its app server, which the IDE extensions talk to, starts
 * the servers and tells which tools it got.
 */
export const codex: Application = {
  title: 'Codex CLI',
  package: name,
  client: 'codex',
  look: async ({ project }, env) => {
    const child = spawn(process.execPath, [fileOf(name, 'bin/codex.js'), 'app-server'], {
      cwd: project,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.timeout(patienceMs),
    });
    child.on('error', () => {}); // The loop below ends with its output.
    const send = (message: JsonObject) => child.stdin.write(`${JSON.stringify(message)}\n`);
    const clientInfo = { name: 'clients', title: 'clients', version: '1' };
    send({ id: 1, method: 'initialize', params: { clientInfo } });
    let found: readonly JsonObject[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const message: JsonObject = JSON.parse(line);
      if (message['id'] === 1) {
        send({ method: 'initialized' });
        send({ id: 2, method: 'mcpServerStatus/list', params: {} });
      } else if (message['id'] === 2) {
        found = statuses(message);
        child.stdin.end();
        child.kill('SIGTERM');
      }
    }
    const statusOf = (server: string) => found.find((status) => status['name'] === server);
    return {
      stdio: seen(serverNames.stdio, statusOf(serverNames.stdio)),
      http: seen(serverNames.http, statusOf(serverNames.http)),
    };
  },
};

import { run } from '../lib/run.mjs';
import { type Application, lineAbout, patienceMs, type Seen, serverNames } from './application.ts';
import { fileOf } from './install.ts';

const name = '@google/gemini-cli';

const seen = (server: string, output: string): Seen => {
  const said = lineAbout(server, output);
  return { connected: said.startsWith('✓') && said.endsWith('Connected'), said };
};

/** `gemini mcp list` starts each server and shakes hands with it, in a folder that is trusted. */
export const gemini: Application = {
  title: 'Gemini CLI',
  package: name,
  client: 'gemini',
  look: async ({ project }, env) => {
    const { stdout, stderr } = await run(
      process.execPath,
      [fileOf(name, 'bundle/gemini.js'), 'mcp', 'list'],
      {
        cwd: project,
        // What a person answers when it asks about a folder for the first time.
        env: { ...env, GEMINI_CLI_TRUST_WORKSPACE: 'true' },
        timeoutMs: patienceMs,
        detached: true,
      },
    );
    const output = stdout + stderr;
    return { stdio: seen(serverNames.stdio, output), http: seen(serverNames.http, output) };
  },
};

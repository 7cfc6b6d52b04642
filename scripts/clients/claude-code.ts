import { run } from '../lib/run.mjs';
import { type Application, lineAbout, patienceMs, type Seen, serverNames } from './application.ts';
import { fileOf } from './install.ts';

const name = '@anthropic-ai/claude-code';

const seen = (server: string, output: string): Seen => {
  const said = lineAbout(server, output);
  return { connected: said.endsWith('✔ Connected'), said };
};

/** `claude mcp list` starts each server and shakes hands with it. */
export const claudeCode: Application = {
  title: 'Claude Code',
  package: name,
  client: 'claude-code',
  look: async ({ project }, env) => {
    const { stdout } = await run(
      process.execPath,
      [fileOf(name, 'cli-wrapper.cjs'), 'mcp', 'list'],
      {
        cwd: project,
        env: { ...env, CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
        timeoutMs: patienceMs,
        detached: true,
      },
    );
    return { stdio: seen(serverNames.stdio, stdout), http: seen(serverNames.http, stdout) };
  },
};

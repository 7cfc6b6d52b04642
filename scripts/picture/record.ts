import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOf } from '../clients/install.ts';
import type { Cast } from './cast.ts';
import type { Ground } from './ground.ts';
import { holdSession } from './session.ts';
import { openTerminal } from './terminal.ts';

const size = { width: 100, height: 48 };
const title =
  'A terminal: login, setup claude-code, claude mcp list says connected, then calls to list, to try an update and to delete, which asks first';

const shellFiles = {
  // Bold while a command is typed, as many have it.
  '.bashrc': `${String.raw`PS1='\[\e[1;32m\]$\[\e[0;1m\] '; PS2='\[\e[0;32m\]>\[\e[0;1m\] '; PS0='\e[0m'`}\n`,
  // What comes faster than a person types would be taken for pasted, and shown inverse.
  '.inputrc': 'set enable-bracketed-paste off\n',
  '.npmrc': 'update-notifier=false\nprogress=false\n',
};

/** The session of `session.ts`, in bash, with the real Claude Code on its path. */
export const record = async ({ home, bin, env }: Ground): Promise<Cast> => {
  for (const [name, text] of Object.entries(shellFiles)) await writeFile(join(home, name), text);
  const claude = join(bin, 'claude');
  const wrapper = fileOf('@anthropic-ai/claude-code', 'cli-wrapper.cjs');
  await writeFile(claude, `#!/bin/sh\nexec "${process.execPath}" "${wrapper}" "$@"\n`);
  await chmod(claude, 0o755);
  const shell = ['bash', '--rcfile', join(home, '.bashrc')];
  const terminal = await openTerminal(shell, size, home, {
    ...env,
    TERM: 'xterm-256color',
    BASH_SILENCE_DEPRECATION_WARNING: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  });
  try {
    await holdSession(terminal);
  } catch (error) {
    await terminal.end();
    throw error;
  }
  return { ...size, title, output: await terminal.end() };
};

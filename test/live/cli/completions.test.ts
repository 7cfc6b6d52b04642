import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../src/programs.ts';
import { program } from '../support/built.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'completions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = async (command: string, args: readonly string[]): Promise<string> => {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TERM: 'dumb' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return stdout + stderr;
};

const scriptFor = async (shell: string): Promise<string> => {
  const file = join(folder, `completions.${shell}`);
  await writeFile(file, await run(process.execPath, [program, 'completions', shell]));
  return file;
};

/** What a shell offers for a line that was begun, asked in the way of that shell. */
const shells: Readonly<Record<string, (line: string, file: string) => Promise<string>>> = {
  bash: (line, file) => {
    const words = line.split(' ');
    return run('bash', [
      '-c',
      `source "${file}"; COMP_WORDS=(${words.map((word) => `"${word}"`).join(' ')}); COMP_CWORD=${words.length - 1}; _django_admin_mcp; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]);
  },
  // zsh completes at a terminal only; its own zpty gives it one.
  zsh: async (line, file) => {
    await writeFile(
      join(folder, 'ask.zsh'),
      `zmodload zsh/zpty
said=
# Reads until what was said holds a text, or until nothing more comes for two seconds.
hear() {
  integer still=0 rounds=0
  while (( still < 20 && rounds++ < 300 )); do
    if zpty -r -t shell part; then said+=$part; still=0; else sleep 0.1; (( still++ )); fi
    [[ -n $1 && $said == *$1* ]] && return
  done
}
zpty shell zsh -f -i
# The prompt is written so that its echo does not look like it.
zpty -w shell 'PS1=RE""ADY; stty columns 400; autoload -Uz compinit; compinit -u -D; source ${file}; LISTMAX=9999; zstyle ":completion:*" list-prompt ""'
hear READY
said=
zpty -w -n shell "${line}"$'\t\t'
hear
print -rn -- "$said"
zpty -d shell
`,
    );
    return run('zsh', ['-f', join(folder, 'ask.zsh')]);
  },
  fish: (line, file) => run('fish', ['-N', '-c', `source "${file}"; complete -C "${line}"`]),
};

const present = Object.keys(shells).filter((shell) => findProgram(shell) !== undefined);

describe.each(present)('completions in %s', (shell) => {
  const offered = async (line: string): Promise<string> =>
    shells[shell]?.(line, await scriptFor(shell)) ?? '';

  it('offers commands, their flags, and the values of a flag', async () => {
    expect(await offered('django-admin-mcp-api se')).toMatch(/setup/);
    expect(await offered('django-admin-mcp-api login --cook')).toMatch(/--cookie-command/);
    const kinds = await offered('django-admin-mcp-api stdio --upstream ');
    expect(kinds).toMatch(/stock/);
    expect(kinds).toMatch(/rest/);
    expect(await offered('django-admin-mcp logout --us')).not.toMatch(/--upload/);
  });
});

describe('completions', () => {
  it('are there for bash in any case', () => {
    expect(present).toContain('bash');
  });

  it('names the shells that it knows', async () => {
    expect(await run(process.execPath, [program, 'completions', 'tcsh'])).toContain(
      'bash, zsh, fish',
    );
  });
});

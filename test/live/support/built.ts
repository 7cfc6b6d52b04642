import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The built command line: what a user's client starts. */
export const program = join(import.meta.dirname, '../../../dist/main.js');

/** What the variables of its settings begin with. */
export const prefix = 'DJANGO_ADMIN_MCP_API_';

type Variables = Readonly<Record<string, string>>;

/** Settings as a process gets them, with nothing else of this machine but where its programs are. */
export const environmentOf = (settings: Variables): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [prefix + key, value])),
});

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program until it ends. */
export const runBuilt = async (
  args: readonly string[],
  env: Variables,
  input = '',
): Promise<Ran> => {
  const child = spawn(process.execPath, [program, ...args], { env });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code: code as number, stdout, stderr };
};

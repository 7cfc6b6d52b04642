import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { installPacked } from '../../../scripts/lib/packed.mjs';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package from its tarball in an otherwise empty folder, with a home directory of its own. */
export interface PackedPackage {
  readonly folder: string;
  readonly home: string;
  /** What a shell of its user has, and nothing of this machine's user. */
  readonly env: Readonly<Record<string, string>>;
  readonly program: string;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ran>;
  readonly remove: () => Promise<void>;
}

export const unpackHere = async (): Promise<PackedPackage> => {
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  const home = join(folder, 'home');
  await mkdir(home);
  const { bin } = await installPacked(folder);
  const program = join(bin, 'django-admin-mcp-api');
  const env = { HOME: home, PATH: process.env['PATH'] ?? '' };
  return {
    folder,
    home,
    env,
    program,
    run: async (args, more = {}) => {
      const child = spawn(program, args, {
        cwd: folder,
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ]);
      return { code: code as number, stdout, stderr };
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
};

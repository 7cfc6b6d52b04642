import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { run } from '../lib/run.mjs';
import { pinned, pinnedNode } from './pinned.ts';

/** Beside the other things that only tests need: never part of the package. */
const folder = resolve('.cache', 'clients');

const platform = process.platform === 'win32' ? 'win' : process.platform;
const nodePackage = `node-${platform}-${process.arch}`;
const wanted = { private: true, dependencies: { ...pinned, [nodePackage]: pinnedNode } };

const inPackage = (...parts: readonly string[]): string => join(folder, 'node_modules', ...parts);

/** Where a file of one of the packages is. */
export const fileOf = (name: keyof typeof pinned, path: string): string => inPackage(name, path);

/** The Node of the packages that want a newer one than ours. */
export const newerNode = inPackage(nodePackage, 'bin', 'node');

const installed = async (): Promise<unknown> => {
  try {
    // npm writes this file last of all.
    await readFile(inPackage('.package-lock.json'));
    return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
};

/** Installs the pinned applications, which takes about 1.3 GB; nothing where they are there. */
export const installApplications = async (): Promise<void> => {
  if (isDeepStrictEqual(await installed(), wanted)) return;
  process.stderr.write('Installing the client applications into .cache/clients (1.3 GB) …\n');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(wanted));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { ok, failure } = await run('npm', ['install', ...quiet], { cwd: folder });
  if (!ok) throw new Error(`The client applications could not be installed: ${failure}`);
};

/** The package as npm would publish it, installed into an empty folder. */
import { execFile } from 'node:child_process';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from './home.mjs';

const run = promisify(execFile);

/**
 * @param {string} folder an empty one
 * @returns {Promise<{ size: number, files: readonly string[], bin: string }>} the tarball's size
 *   in bytes, what it holds, and where its commands are
 */
export const installPacked = async (folder) => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: packageRoot,
  });
  const [packed] = Object.values(JSON.parse(stdout));
  const tarball = join(folder, packed.filename);
  const { size } = await stat(tarball);
  await writeFile(join(folder, 'package.json'), '{"type": "module", "private": true}');
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', tarball], {
    cwd: folder,
  });
  return {
    size,
    files: packed.files.map(({ path }) => path),
    bin: join(folder, 'node_modules', '.bin'),
  };
};

/**
 * Packages that the plain environment must not have (so that "nothing is installed in the
 * Django project" is really true of it): each in a folder of its own beside it, seen only
 * by a process that gets the folder on its PYTHONPATH.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recentFailure, rememberFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { pipCheck, pipInstall } from './pip.mjs';
import { extraFile, requirementDigest } from './requirements.mjs';

const recipe = 'extra 2';

/**
 * @param {string} path
 * @param {string} digest
 */
const isReady = async (path, digest) => {
  try {
    return (await readFile(join(path, 'stamp'), 'utf8')) === digest;
  } catch {
    return false;
  }
};

/**
 * --target knows nothing of the environment, so resolving dependencies would put a second
 * Django, first on the path, into the folder. The file pins everything that the plain
 * environment has not, so nothing is resolved, and `pip check` over both together tells
 * whether that was so, and whether the package is for this Django at all.
 *
 * @param {import('./pip.mjs').Pip} pip
 * @param {string} file
 * @param {string} folder
 * @returns {Promise<string>} why it failed, empty when it did not
 */
const fill = async (pip, file, folder) => {
  const failed = await pipInstall({ pip, file, args: ['--no-deps', '--target', folder] });
  if (failed) return failed;
  if (existsSync(join(folder, 'django'))) return 'it brings a Django of its own';
  return pipCheck({ pip, folder });
};

/**
 * @param {object} request
 * @param {string} request.name
 * @param {string} request.django
 * @param {string} request.venv
 * @param {import('./pip.mjs').Pip} request.pip
 * @param {string} request.lock
 * @param {boolean} request.retry
 * @param {(message: string) => void} request.log
 * @returns {Promise<{ path: string, why: string, cached: boolean }>} `why` it failed, empty when it did not
 */
export const addExtra = async ({ name, django, venv, pip, lock, retry, log }) => {
  const file = extraFile(name, django);
  const digest = requirementDigest(file, recipe);
  const path = join(venv, 'extras', name);
  const failureFile = `${path}.failure.json`;
  if (await isReady(path, digest)) return { path, why: '', cached: true };
  const known = retry ? '' : await recentFailure(failureFile, digest);
  if (known) return { path, why: known, cached: true };

  const add = async () => {
    if (await isReady(path, digest)) return ''; // by another process, while this one waited
    log(`Django ${django}: adding ${name} beside it, once.`);
    const partial = `${path}.partial`;
    await rm(partial, { recursive: true, force: true });
    const why = await fill(pip, file, partial);
    await rememberFailure(failureFile, digest, why);
    await rm(path, { recursive: true, force: true });
    if (why) {
      await rm(partial, { recursive: true, force: true });
      return why;
    }
    await writeFile(join(partial, 'stamp'), digest);
    await rename(partial, path);
    return '';
  };
  return { path, why: await withLock(lock, add, log), cached: false };
};

/**
 * Where things are: the package (scripts, examples/shop) and the home that virtual
 * environments and caches are made in. In a clone both are the same folder; for an
 * installed package (npx, node_modules) the home is the user's cache folder.
 */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageName = 'django-admin-mcp-api';

/** @param {string} folder */
const isPackage = (folder) => {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name === packageName;
  } catch {
    return false;
  }
};

/**
 * Walks up rather than counting `..`, because a bundler may move this file into dist/.
 *
 * @returns {string}
 */
const findPackageRoot = () => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isPackage(folder)) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error(`The package ${packageName} was not found above its own scripts.`);
    }
    folder = parent;
  }
  return folder;
};

/** The folder that holds package.json, scripts/ and examples/. */
export const packageRoot = findPackageRoot();

/** The Django project that the demo and the live tests run. */
export const shopSource = join(packageRoot, 'examples', 'shop');

/** @param {string} folder */
const isWritable = (folder) => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Whether this is a clone that may be written to, rather than an installed package. */
export const isClone = () =>
  existsSync(join(packageRoot, '.git')) &&
  !packageRoot.split(sep).includes('node_modules') &&
  isWritable(packageRoot);

/**
 * The folder that holds `.venvs/` and `.cache/`.
 *
 * @param {string} [home] wins over everything
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export const resolveHome = (home, env = process.env) => {
  const chosen = home || env.DJANGO_ADMIN_MCP_API_HOME;
  if (chosen) return resolve(chosen);
  if (isClone()) return packageRoot;
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), packageName);
};

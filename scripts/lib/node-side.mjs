/** The npm half of the set-up: packages as locked, and a dist/ newer than its sources. */
import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { packageRoot } from './home.mjs';
import { withLock } from './lock.mjs';
import { run, tail } from './run.mjs';

/**
 * @typedef {object} Step
 * @property {boolean} ok
 * @property {boolean} cached nothing had to be done
 * @property {string} detail
 */

/** @param {string} path */
const inPackage = (path) => join(packageRoot, path);

/** @param {string} path @returns {unknown} */
const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(inPackage(path), 'utf8'));
  } catch {
    return undefined;
  }
};

/** @param {readonly string[]} args */
const npm = (args) =>
  // npm is a .cmd on Windows, which only a shell can start.
  run('npm', args, {
    cwd: packageRoot,
    shell: process.platform === 'win32',
    timeoutMs: 20 * 60_000,
  });

/**
 * npm ci empties node_modules first; a second one at the same time would spoil both.
 *
 * @template T
 * @param {() => Promise<T>} work
 */
const alone = (work) => withLock(join(packageRoot, '.cache', 'npm.lock'), work);

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>} Locked */

/**
 * npm writes what it has installed into node_modules, last of all, in the lock file's own
 * form. Comparing the two needs no stamp of ours and also sees an `npm install` by hand.
 */
const packagesAreCurrent = () => {
  const wanted = /** @type {{ packages?: Locked } | undefined} */ (readJson('package-lock.json'))
    ?.packages;
  const have = /** @type {{ packages?: Locked } | undefined} */ (
    readJson('node_modules/.package-lock.json')
  )?.packages;
  if (!wanted || !have) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    // Binaries for other platforms are in the lock file only.
    if (have[path] === undefined) return Boolean(optional || devOptional);
    return have[path].version === version;
  });
};

/**
 * npm ci also refuses a lock file whose platform packages are not just those that the registry
 * carries at this moment; registries gain and lose some. Where package.json has not moved on
 * since the lock file was written, npm install may follow it: it keeps every locked version.
 */
const lockFileIsOurs = () => {
  const manifest = /** @type {Record<string, unknown> | undefined} */ (readJson('package.json'));
  const locked = /** @type {{ packages?: Record<string, Record<string, unknown>> } | undefined} */ (
    readJson('package-lock.json')
  )?.packages?.[''];
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return kinds.every((kind) => isDeepStrictEqual(manifest?.[kind] ?? {}, locked?.[kind] ?? {}));
};

/**
 * npm puts the reason first and its usage, at length, last.
 *
 * @param {string} said
 */
const npmReason = (said) =>
  said
    .split('\n')
    .map((line) => line.replace(/^npm error ?/, ''))
    .filter((line) => line.trim() && !line.startsWith('npm warn'))
    .slice(0, 8)
    .join('\n');

/** @returns {Promise<Step>} */
const installAnew = async () => {
  const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error'];
  let result = await npm(['ci', ...quiet]);
  let detail = 'installed as locked';
  if (!result.ok && result.stderr.includes('from lock file') && lockFileIsOurs()) {
    result = await npm(['install', '--no-save', ...quiet]);
    detail = 'installed as locked (the registry has other platforms than the lock file)';
  }
  if (!result.ok)
    detail = `npm packages could not be installed:\n${npmReason(result.stderr || result.failure)}`;
  return { ok: result.ok, cached: false, detail };
};

/** @returns {Promise<Step>} */
export const installPackages = async () => {
  if (!existsSync(inPackage('package-lock.json'))) {
    return { ok: true, cached: true, detail: 'nothing to install: this is an installed package' };
  }
  const current = { ok: true, cached: true, detail: 'as locked' };
  if (packagesAreCurrent()) return current;
  return alone(async () => (packagesAreCurrent() ? current : installAnew()));
};

/**
 * The newest change among some files and folders; 0 when there are none.
 *
 * @param {readonly string[]} paths
 * @returns {Promise<number>}
 */
const newest = async (paths) => {
  const times = paths.map(async (path) => {
    const info = await stat(path).catch(() => undefined);
    if (!info) return 0;
    if (!info.isDirectory()) return info.mtimeMs;
    const names = await readdir(path);
    // A folder's own time tells that a file was removed from it.
    return Math.max(info.mtimeMs, await newest(names.map((name) => join(path, name))));
  });
  return Math.max(0, ...(await Promise.all(times)));
};

/** What a build reads; folders of tests and examples are not among it. */
const sources = [
  'src',
  'web',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
];

/** @returns {Promise<Step>} */
export const buildPackage = async () => {
  const manifest =
    /** @type {{ scripts?: Record<string, string>, bin?: Record<string, string> } | undefined} */ (
      readJson('package.json')
    );
  if (!manifest?.scripts?.build || !existsSync(inPackage('src'))) {
    return { ok: true, cached: true, detail: 'nothing to build here' };
  }
  const products = Object.values(manifest.bin ?? {}).map(inPackage);
  const built = (await Promise.all(products.map((path) => newest([path])))).every(
    (time) => time > 0,
  );
  if (built && (await newest([inPackage('dist')])) >= (await newest(sources.map(inPackage)))) {
    return { ok: true, cached: true, detail: 'newer than its sources' };
  }
  const result = await alone(() => npm(['run', 'build']));
  return {
    ok: result.ok,
    cached: false,
    detail: result.ok
      ? 'built'
      : `npm run build failed:\n${tail(`${result.stdout}\n${result.stderr}`)}`,
  };
};

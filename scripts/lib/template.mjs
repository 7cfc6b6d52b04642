/**
 * A migrated and seeded data folder of the shop, made once for each combination of shop
 * sources, Django and seed, and copied for every server that is started.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { resolveHome, shopSource } from './home.mjs';
import { withLock } from './lock.mjs';
import { runPython, tail } from './run.mjs';
import { pythonEnv } from './tether.mjs';

const recipe = 'template 1';
/** Templates of older sources are a few megabytes each, and quick to make again. */
const keepMs = 7 * 24 * 3_600_000;

/**
 * @typedef {object} Program how to run the shop's manage.py
 * @property {string} python
 * @property {string} pythonPath
 * @property {readonly string[]} extras
 * @property {string | undefined} home
 */

/** @param {string} dataDir */
export const sqliteUrl = (dataDir) => {
  const path = join(dataDir, 'db.sqlite3').split(sep).map(encodeURIComponent).join('/');
  return `sqlite:///${path}`;
};

/**
 * The whole environment of a shop process.
 *
 * @param {Program} program
 * @param {string} dataDir
 * @param {Readonly<Record<string, string>>} [env]
 */
export const shopEnv = ({ pythonPath, extras, home }, dataDir, env = {}) => {
  const reference = extras.includes('mcp-reference');
  return pythonEnv({
    PYTHONPATH: pythonPath || undefined,
    // Neither the sources nor a package folder that may be read-only are written to.
    PYTHONPYCACHEPREFIX: join(resolveHome(home), '.cache', 'pycache'),
    SHOP_DATA_DIR: dataDir,
    DATABASE_URL: sqliteUrl(dataDir),
    // The reference server is built on rest-api and brings it along.
    SHOP_REST_API: extras.includes('rest-api') || reference ? '1' : '0',
    SHOP_MCP_REFERENCE: reference ? '1' : '0',
    ...env,
  });
};

/**
 * @param {Program} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 */
const manage = async ({ python }, args, env) => {
  const result = await runPython(python, ['manage.py', ...args], { cwd: shopSource, env });
  if (!result.ok) {
    throw new Error(
      `manage.py ${args.join(' ')} failed:\n${tail(result.stderr || result.failure)}`,
    );
  }
};

/**
 * Migrates and seeds whatever DATABASE_URL names.
 *
 * @param {Program} program
 * @param {{ env: Record<string, string>, events?: number | undefined }} options
 */
export const fillDatabase = async (program, { env, events }) => {
  await manage(program, ['migrate', '--noinput', '--verbosity', '0'], env);
  await manage(
    program,
    ['seed', '--if-needed', ...(events === undefined ? [] : ['--events', `${events}`])],
    env,
  );
};

/**
 * Everything that may change what the database looks like. Tests edit the shop while its
 * caches lie in it, so those are left out.
 *
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
const sourceFiles = async (folder) => {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries
    .filter(
      ({ name }) => !name.startsWith('.') && name !== '__pycache__' && name !== 'requirements',
    )
    .map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourceFiles(path);
      return /\.(md|pyc|log|sqlite3|toml)$/.test(entry.name) ? [] : [path];
    });
  return (await Promise.all(nested)).flat().sort();
};

/** @param {readonly unknown[]} facts */
const keyOf = async (facts) => {
  const hash = createHash('sha256').update(JSON.stringify([recipe, ...facts]));
  for (const file of await sourceFiles(shopSource)) {
    hash.update(`\0${relative(shopSource, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
};

/** @param {string} folder */
const removeUnused = async (folder) => {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => undefined);
    if (info && Date.now() - info.mtimeMs > keepMs)
      await rm(path, { recursive: true, force: true });
  }
};

/**
 * @param {Program} program
 * @param {object} shape
 * @param {string} shape.django full version
 * @param {Readonly<Record<string, string>>} shape.env what of the environment shapes the database
 * @param {number | undefined} shape.events
 * @param {(message: string) => void} log
 * @returns {Promise<{ template: string, cached: boolean }>}
 */
export const prepareTemplate = async (program, { django, env, events }, log) => {
  const folder = join(resolveHome(program.home), '.cache', 'shop');
  // Extras shape it only where a variable puts them to use (SHOP_THEME): rest-api has no models.
  const key = await keyOf([django, Object.entries(env).sort(), events ?? null]);
  const template = join(folder, key);
  const now = new Date();
  if (existsSync(template)) {
    await utimes(template, now, now);
    return { template, cached: true };
  }
  await mkdir(folder, { recursive: true });
  const make = async () => {
    if (existsSync(template)) return;
    log(`Django ${django}: migrating and seeding the shop, once.`);
    await removeUnused(folder);
    const partial = join(folder, `${key}.partial`);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    await fillDatabase(program, { env: shopEnv(program, partial, env), events });
    await rename(partial, template);
  };
  await withLock(join(folder, `${key}.lock`), make, log);
  return { template, cached: false };
};

/** The example shop, prepared once and started as often as wanted, each on its own data. */
import { constants, rmSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAtExit } from './cleanup.mjs';
import { prepareEnvironment } from './environment.mjs';
import { shopSource } from './home.mjs';
import { toStderr } from './log.mjs';
import { claimPort } from './port.mjs';
import { compareVersions } from './python.mjs';
import { startServer } from './server.mjs';
import { fillDatabase, prepareTemplate, shopEnv } from './template.mjs';

export { NoFittingPython } from './environment.mjs';
export { startInspector } from './inspector.mjs';

const defaultStartTimeoutMs = 60_000;

/** What of a shop's environment shapes its database; the rest is only for the server. */
const shaping = new Set(['SHOP_USER_MODEL', 'SHOP_THEME']);

/** @type {typeof import('./shop.d.mts').prepareShop} */
export const prepareShop = async ({ env = {}, events, log = toStderr, ...options }) => {
  const environment = await prepareEnvironment({ ...options, log });
  const shape = Object.fromEntries(Object.entries(env).filter(([name]) => shaping.has(name)));
  const { template, cached } = await prepareTemplate(
    { ...environment, home: options.home },
    { django: environment.django, env: shape, events },
    log,
  );
  return { ...environment, template, cached: environment.cached && cached };
};

/**
 * Newer gunicorns share one control socket in the user's home, which several shops would
 * fight over; older ones refuse the flag that turns it off, but not the setting.
 */
const gunicornSettings = 'control_socket_disable = True\n';

/**
 * @param {object} plan
 * @param {'runserver' | 'gunicorn'} plan.server
 * @param {string} plan.django
 * @param {string} plan.address
 * @param {number} plan.workers
 * @param {number} plan.threads
 * @param {string} plan.settingsFile for gunicorn
 */
const serverArgs = ({ server, django, address, workers, threads, settingsFile }) =>
  server === 'runserver'
    ? [
        ...['manage.py', 'runserver', address, '--noreload'],
        // The template was made with the same sources; Django 3.2 has no such flag.
        ...(compareVersions(django, '4.0') >= 0 ? ['--skip-checks'] : []),
      ]
    : [
        ...['-m', 'gunicorn', 'shop.wsgi:application', '--bind', address],
        ...['--workers', `${workers}`, '--threads', `${threads}`, '--access-logfile', '-'],
        ...['--config', settingsFile],
      ];

/** @type {typeof import('./shop.d.mts').startShop} */
export const startShop = async ({
  port = 0,
  server = 'runserver',
  workers = 2,
  threads = 4,
  startTimeoutMs = defaultStartTimeoutMs,
  ...options
}) => {
  const prepared = await prepareShop(options);
  const program = { ...prepared, home: options.home };
  const dataDir = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-shop-'));
  const removeData = () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  const env = shopEnv(program, dataDir, options.env);
  const claimed = port === 0 ? await claimPort() : { port, release: () => {} };
  const url = `http://127.0.0.1:${claimed.port}`;
  const adminUrl = `${url}/${(env.SHOP_ADMIN_PATH ?? 'admin/').replace(/^\/+/, '')}`;
  let forget = endAtExit(() => rmSync(dataDir, { recursive: true, force: true }));
  try {
    await cp(prepared.template, dataDir, { recursive: true, mode: constants.COPYFILE_FICLONE });
    // A database of the caller's own (PostgreSQL) has no template to be copied from.
    if (options.env?.DATABASE_URL) await fillDatabase(program, { env, events: options.events });
    const settingsFile = join(dataDir, 'gunicorn.conf.py');
    await writeFile(settingsFile, gunicornSettings);
    const address = `127.0.0.1:${claimed.port}`;
    const running = await startServer({
      python: prepared.python,
      args: serverArgs({
        server,
        django: prepared.django,
        address,
        workers,
        threads,
        settingsFile,
      }),
      cwd: shopSource,
      env,
      scratch: dataDir,
      url: `${adminUrl}login/`,
      timeoutMs: startTimeoutMs,
    });
    forget();
    forget = endAtExit(() => {
      running.kill();
      rmSync(dataDir, { recursive: true, force: true });
    });
    /** @type {Promise<void> | undefined} */
    let stopped;
    const end = async () => {
      await running.stop();
      forget();
      await removeData();
    };
    const stop = () => {
      stopped ??= end();
      return stopped;
    };
    try {
      await running.waitUntilUp();
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      ...prepared,
      url,
      adminUrl,
      dataDir,
      databaseUrl: env.DATABASE_URL ?? '',
      env,
      pid: running.pid,
      output: running.output,
      ended: running.ended,
      stop,
    };
  } catch (error) {
    forget();
    await removeData();
    throw error;
  } finally {
    claimed.release();
  }
};

/**
 * What to run when Django cannot be fetched: one that some Python of this machine already
 * has, else, where we are root on Debian, the distribution's own. Pillow must come with
 * it, because the shop has image fields.
 */
import { existsSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { compareVersions, findPythons, series } from './python.mjs';
import { run, tail } from './run.mjs';

const oldestDjango = '3.2';
const aptTimeoutMs = 10 * 60_000;

/**
 * The same series if there is one, else the newest.
 *
 * @param {readonly import('./python.d.mts').Python[]} pythons
 * @param {string} wanted
 */
const bestOf = (pythons, wanted) =>
  pythons
    .flatMap((python) =>
      python.django && python.pillow && compareVersions(python.django, oldestDjango) >= 0
        ? [{ python: python.executable, django: python.django, pythonVersion: python.version }]
        : [],
    )
    .sort(
      (a, b) =>
        Number(series(b.django) === wanted) - Number(series(a.django) === wanted) ||
        compareVersions(b.django, a.django),
    )[0];

const mayUseApt = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

/** @param {readonly string[]} args */
const apt = (args) =>
  run('apt-get', args, {
    timeoutMs: aptTimeoutMs,
    env: /** @type {Record<string, string>} */ ({
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
    }),
  });

/** @param {(message: string) => void} log */
const installDebianDjango = async (log) => {
  const install = ['install', '-y', '--no-install-recommends', 'python3-django', 'python3-pil'];
  log("Installing Debian's own Django: apt-get install python3-django python3-pil");
  let result = await apt(install);
  if (!result.ok) {
    // A container image usually comes without package lists.
    const update = await apt(['update']);
    result = update.ok ? await apt(install) : update;
  }
  return result.ok ? '' : tail(result.stderr || result.stdout, 3) || result.failure;
};

/**
 * @param {object} request
 * @param {string} request.django the series that was wanted
 * @param {string} request.why why it could not be had
 * @param {string} request.lock
 * @param {(message: string) => void} request.log
 * @returns {Promise<{ python: string, django: string, pythonVersion: string, took: 'system' | 'debian' }>}
 */
export const findStandIn = async ({ django, why, lock, log }) => {
  const present = bestOf(await findPythons(), django);
  if (present) return { ...present, took: 'system' };
  const could = `Django ${django} could not be installed: ${why}.`;
  const advice =
    'Reach a package index (PIP_INDEX_URL names another one) or install Django and Pillow for any Python of this machine, and try again.';
  if (!mayUseApt()) {
    throw new Error(
      `${could} No Python of this machine has both Django ${oldestDjango} or newer and Pillow either. ${advice}`,
    );
  }
  return withLock(
    lock,
    async () => {
      // Another process may have installed it while this one waited.
      const failed = bestOf(await findPythons({ again: true }), django)
        ? ''
        : await installDebianDjango(log);
      const installed = bestOf(await findPythons({ again: true }), django);
      if (!installed) {
        const apt = failed || 'it was installed, but no Python here can import it';
        throw new Error(`${could} Debian's python3-django did not help either: ${apt}. ${advice}`);
      }
      return { ...installed, took: 'debian' };
    },
    log,
  );
};

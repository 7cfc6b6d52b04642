/**
 * One virtual environment for each Django series, made from the shop's pinned
 * requirements, and reused until those change.
 */
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { addExtra } from './extras.mjs';
import { recentFailure, rememberFailure } from './failure.mjs';
import { resolveHome } from './home.mjs';
import { withLock } from './lock.mjs';
import { toStderr } from './log.mjs';
import { compareVersions, findPythons, pickPython, pythonsFor } from './python.mjs';
import { assertSeries, requirementDigest, requirementFile } from './requirements.mjs';
import { findStandIn } from './stand-in.mjs';
import { buildVenv, findReady } from './venv.mjs';

const recipe = 'venv 1';

/** @type {typeof import('./environment.d.mts').NoFittingPython} */
export const NoFittingPython = class extends Error {
  name = 'NoFittingPython';
};

/** @type {typeof import('./environment.d.mts').prepareEnvironment} */
export const prepareEnvironment = async ({
  django,
  extras = [],
  home,
  retry = false,
  log = toStderr,
}) => {
  assertSeries(django);
  const venvs = join(resolveHome(home), '.venvs');
  const venv = join(venvs, `django-${django}`);
  const lock = `${venv}.lock`;
  const failureFile = `${venv}.failure.json`;
  const file = requirementFile(`django-${django}`);
  const digest = requirementDigest(file, recipe);

  /** @returns {Promise<{ python?: string, django?: string, pip?: import('./pip.mjs').Pip, why: string }>} */
  const make = async () => {
    const made = await findReady(venv, digest); // by another process, while this one waited
    if (made) return { ...made, why: '' };
    const base = pickPython(await findPythons(), django);
    const wanted = pythonsFor[django];
    const fitting = (await findPythons()).filter((python) => wanted.includes(python.series));
    if (fitting.length === 0) {
      const have = [...new Set((await findPythons()).map((python) => python.series))];
      throw new NoFittingPython(
        `Django ${django} needs Python ${[...wanted].sort(compareVersions).join(', ')}; ` +
          `this machine has ${have.length > 0 ? `Python ${have.join(', ')}` : 'no Python'}. ` +
          `Install one of them (with your package manager, pyenv or uv) and try again.`,
      );
    }
    if (!base) {
      return {
        why: `Python ${fitting[0]?.version} has no venv module (on Debian: apt-get install python3-venv)`,
      };
    }
    log(`Django ${django}: making its environment with Python ${base.version}, once.`);
    const why = await buildVenv({ venv, file, digest, base });
    await rememberFailure(failureFile, digest, why);
    return { ...(await findReady(venv, digest)), why };
  };

  await mkdir(venvs, { recursive: true });
  const known = retry ? '' : await recentFailure(failureFile, digest);
  const ready = await findReady(venv, digest);
  const made = ready
    ? { ...ready, why: '' }
    : known
      ? { why: known }
      : await withLock(lock, make, log);
  // An environment of earlier requirements is still nearer to what was asked for than
  // whatever Django the machine has.
  const base = made.why ? { ...(await findReady(venv)), why: made.why } : made;
  if (!base.python || !base.django || !base.pip) {
    const standIn = await findStandIn({
      django,
      why: base.why,
      lock: join(venvs, 'debian.lock'),
      log,
    });
    const source = standIn.took === 'debian' ? "Debian's own" : 'the one that this machine has';
    const note = `Django ${django} could not be installed (${base.why}); Django ${standIn.django} for Python ${standIn.pythonVersion}, ${source}, stands in.`;
    log(note);
    const why = `Django ${standIn.django} is not ours to add to`;
    const missing = extras.map((name) => ({ name, why }));
    return { ...standIn, pythonPath: '', extras: [], missing, cached: false, note };
  }

  /** @type {{ name: string, path: string, why: string, cached: boolean }[]} */
  const added = [];
  for (const name of extras) {
    added.push({
      name,
      ...(await addExtra({ name, django, venv, pip: base.pip, lock, retry, log })),
    });
  }
  const present = added.filter(({ why }) => !why);
  const note = base.why
    ? `The requirements of Django ${django} have changed and could not be installed (${base.why}); its earlier environment is used.`
    : '';
  if (note) log(note);
  return {
    django: base.django,
    python: base.python,
    pythonPath: present.map(({ path }) => path).join(delimiter),
    took: 'pypi',
    extras: present.map(({ name }) => name),
    missing: added.filter(({ why }) => why).map(({ name, why }) => ({ name, why })),
    cached: ready !== undefined && added.every(({ cached }) => cached),
    note,
  };
};

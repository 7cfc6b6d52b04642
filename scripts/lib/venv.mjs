/**
 * A virtual environment's life: made, stamped last, found again, made anew when its
 * requirements or its Python have changed.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipInstall } from './pip.mjs';
import { inspectPython } from './python.mjs';
import { runPython } from './run.mjs';

/** @param {string} venv */
const pythonOf = (venv) =>
  process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');

/** @param {string} venv */
const stampOf = (venv) => join(venv, 'stamp.json');

/**
 * A complete environment whose Python still runs and still sees its Django
 * (an upgraded or removed system Python breaks the environments made from it).
 *
 * @param {string} venv
 * @param {string} [digest] of its requirements; any will do without it
 * @returns {Promise<{ python: string, django: string, pip: import('./pip.mjs').Pip } | undefined>}
 */
export const findReady = async (venv, digest) => {
  try {
    const stamp = JSON.parse(await readFile(stampOf(venv), 'utf8'));
    if (digest !== undefined && stamp.digest !== digest) return undefined;
    const python = pythonOf(venv);
    const now = await inspectPython(python);
    const same = now?.version === stamp.python && now?.django === stamp.django;
    return same ? { python, django: stamp.django, pip: stamp.pip } : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Its maker's pip where possible: putting a pip into each environment takes longer
 * (3.8 s measured) than putting Django into it. That also does without ensurepip, which
 * Debian's python3 lacks until python3-venv is installed.
 *
 * @param {string} venv
 * @param {import('./python.d.mts').Python} base
 * @returns {import('./pip.mjs').Pip}
 */
const pipFor = (venv, { executable, lendsPip }) =>
  lendsPip
    ? { python: executable, before: ['--python', pythonOf(venv)] }
    : { python: pythonOf(venv), before: [] };

/**
 * @param {string} venv
 * @param {string} file
 * @param {import('./python.d.mts').Python} base
 * @returns {Promise<string>} why it failed, empty when it did not
 */
const fill = async (venv, file, base) => {
  const flags = base.lendsPip ? ['--without-pip'] : [];
  const made = await runPython(base.executable, ['-m', 'venv', ...flags, venv]);
  if (made.ok) {
    const why = await pipInstall({ pip: pipFor(venv, base), file });
    return why.startsWith('pip:') ? `${why} for Python ${base.version}` : why;
  }
  return `a virtual environment could not be made with ${base.executable} (${made.failure})`;
};

/**
 * Makes it where it is to stay, since environments cannot be moved, and stamps it last:
 * one without a stamp is half-made and made anew. An earlier, complete one is put back
 * when its successor cannot be made, because somebody may be working with it.
 *
 * @param {{ venv: string, file: string, digest: string, base: import('./python.d.mts').Python }} plan
 * @returns {Promise<string>} why it failed, empty when it did not
 */
export const buildVenv = async ({ venv, file, digest, base }) => {
  const earlier = `${venv}.earlier`;
  if (existsSync(stampOf(venv))) {
    await rm(earlier, { recursive: true, force: true });
    await rename(venv, earlier);
  }
  await rm(venv, { recursive: true, force: true });
  let failed = await fill(venv, file, base);
  const now = failed ? undefined : await inspectPython(pythonOf(venv));
  if (!failed && !now?.django) failed = 'it was installed, but Django cannot be imported';
  if (failed) {
    await rm(venv, { recursive: true, force: true });
    if (existsSync(earlier)) await rename(earlier, venv);
    return failed;
  }
  const stamp = { digest, python: now?.version, django: now?.django, pip: pipFor(venv, base) };
  await writeFile(stampOf(venv), JSON.stringify(stamp));
  await rm(earlier, { recursive: true, force: true });
  return '';
};

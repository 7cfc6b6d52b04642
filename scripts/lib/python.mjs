/**
 * Finds the Pythons of any machine and picks one for a Django version. A name on PATH
 * proves nothing (pyenv's shims and the Windows store's stub exist and fail), so each
 * candidate is run and asked what it is.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { run } from './run.mjs';
import { pythonEnv } from './tether.mjs';

const probeTimeoutMs = 15_000;

/**
 * Which Pythons each Django runs on, best first: Django's own support table, ordered by
 * how sure it is that every pinned package has a ready-made wheel. 3.2 has never been
 * released for 3.11 but runs there; from 3.12 on it does not (distutils is gone). The pinned
 * packages have left 3.8 behind.
 */
export const pythonsFor = Object.freeze({
  3.2: ['3.10', '3.9', '3.11'],
  4.2: ['3.12', '3.11', '3.10', '3.9'],
  5.2: ['3.13', '3.12', '3.14', '3.11', '3.10'],
  6.1: ['3.13', '3.14', '3.12'],
});

/** @typedef {import('./python.d.mts').Python} Python */

const probe = `
import importlib.util as u, json, sys
def has(name):
    try: return u.find_spec(name) is not None
    except Exception: return False
pip = django = None
if has('pip'):
    try:
        import pip; pip = pip.__version__
    except Exception: pass
if has('django'):
    try:
        import django; django = django.get_version()
    except Exception: django = None
print(json.dumps({'executable': sys.executable, 'prefix': sys.prefix,
  'version': '%d.%d.%d' % sys.version_info[:3], 'virtual': sys.prefix != sys.base_prefix,
  'venv': has('venv'), 'ensurepip': has('ensurepip'), 'pip': pip, 'django': django,
  'pillow': has('PIL')}))
`;

const isWindows = process.platform === 'win32';
const suffix = isWindows ? '.exe' : '';
const names = ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9', '3.8']
  .map((version) => `python${version}`)
  .concat('python3', 'python');

/** @param {string} folder */
const subfolders = (folder) => {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
};

/**
 * @param {string} command
 * @param {string[]} args
 */
const lines = async (command, args) => {
  const { stdout } = await run(command, args, { timeoutMs: probeTimeoutMs });
  return stdout.split(/\r?\n/).map((line) => line.trim());
};

/** Python files that may be there; most are not. */
const candidates = async () => {
  const home = homedir();
  const pyenv = process.env.PYENV_ROOT || join(home, '.pyenv');
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
    ...subfolders(join(pyenv, 'versions')).map((folder) => join(folder, 'bin')),
    ...subfolders(join(pyenv, 'pyenv-win', 'versions')),
    ...(isWindows
      ? subfolders(join(process.env.LOCALAPPDATA ?? home, 'Programs', 'Python'))
      : ['/opt/homebrew/bin', '/home/linuxbrew/.linuxbrew/bin', '/usr/local/bin', '/usr/bin']),
    ...['/opt/homebrew/opt', '/usr/local/opt', '/home/linuxbrew/.linuxbrew/opt']
      .flatMap(subfolders)
      .filter((folder) => folder.includes('python@'))
      .map((folder) => join(folder, 'bin')),
  ];
  // The shims are a second, slow way to the versions listed above, and fail for most.
  const files = folders
    .filter((folder) => folder !== join(pyenv, 'shims'))
    .flatMap((folder) => names.map((name) => join(folder, name + suffix)));
  const [uv, py] = await Promise.all([
    lines('uv', ['python', 'list', '--only-installed', '--offline']),
    isWindows ? lines('py', ['-0p']) : [],
  ]);
  // uv: "cpython-3.13.1-linux-x86_64-gnu  <path>[ -> <path>]"; py: " -V:3.13 *  <path>"
  const listed = uv
    .map((line) => line.split(/\s+/)[1] ?? '')
    .concat(py.map((line) => line.replace(/^-\S+\s+(\*\s+)?/, '')));
  /** @type {Map<string, string>} */
  const distinct = new Map();
  for (const file of [...files, ...listed]) {
    if (file === '' || !existsSync(file)) continue;
    // python, python3 and python3.12 of one folder are one file. Not across folders: a
    // virtual environment's python is a link to another, but sees other packages.
    const key = join(dirname(file), realpathSync(file));
    if (!distinct.has(key)) distinct.set(key, file);
  }
  return [...distinct.values()];
};

/**
 * On a Mac without the command line tools this file opens an installation dialog.
 *
 * @param {string} file
 */
const opensDialog = async (file) =>
  process.platform === 'darwin' &&
  realpathSync(file).startsWith('/usr/bin/') &&
  !(await run('xcode-select', ['-p'], { timeoutMs: probeTimeoutMs })).ok;

/**
 * @param {string} file
 * @returns {Promise<Python | undefined>}
 */
export const inspectPython = async (file) => {
  if (await opensDialog(file)) return undefined;
  const { ok, stdout } = await run(file, ['-B', '-c', probe], {
    env: pythonEnv(),
    timeoutMs: probeTimeoutMs,
  });
  if (!ok) return undefined;
  try {
    const { venv, ensurepip, pip, ...told } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    const lendsPip = compareVersions(pip ?? '0', '22.3') >= 0;
    return {
      ...told,
      series: series(told.version),
      lendsPip,
      makesVenvs: venv && (ensurepip || lendsPip),
    };
  } catch {
    return undefined;
  }
};

/** @param {string} version */
export const series = (version) => version.split('.').slice(0, 2).join('.');

/**
 * @param {string} a
 * @param {string} b
 */
export const compareVersions = (a, b) => a.localeCompare(b, 'en', { numeric: true });

/** @returns {Promise<Python[]>} */
const search = async () => {
  const files = await candidates();
  /** @type {Map<string, Python>} */
  const found = new Map();
  for (const python of await Promise.all(files.map(inspectPython))) {
    // One installation may be reached through several folders.
    if (python && !found.has(`${python.prefix} ${python.version}`)) {
      found.set(`${python.prefix} ${python.version}`, python);
    }
  }
  return [...found.values()].sort((a, b) => compareVersions(b.version, a.version));
};

/** @type {Promise<Python[]> | undefined} */
let known;

/** @type {typeof import('./python.d.mts').findPythons} */
export const findPythons = ({ again = false } = {}) => {
  if (again || known === undefined) known = search();
  return known;
};

/** @type {typeof import('./python.d.mts').pickPython} */
export const pickPython = (pythons, django) =>
  pythonsFor[django]
    .map((wanted) =>
      pythons.find((python) => python.series === wanted && python.makesVenvs && !python.virtual),
    )
    .find((python) => python !== undefined);

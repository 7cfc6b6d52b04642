/**
 * Starts Python programs that cannot outlive us. A killed Node (SIGKILL, a crashed test
 * worker) runs no handlers, so the child itself watches its standard input, a pipe that
 * the operating system closes when we are gone, and then ends its whole process group.
 * That holds on every platform, for pip (which must not go on writing into an
 * environment that somebody else is remaking) and for servers alike.
 */
import { spawn } from 'node:child_process';

const watchdog = `
import os, runpy, shutil, signal, sys, threading, time
scratch = os.environ.pop('TETHER_SCRATCH', None)
def watch():
    try:
        while os.read(0, 64):
            pass
    except OSError:
        pass
    if scratch:
        shutil.rmtree(scratch, ignore_errors=True)
    if hasattr(os, 'killpg') and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGTERM)
        time.sleep(3)
        os.killpg(0, signal.SIGKILL)
    os._exit(143)
threading.Thread(target=watch, daemon=True).start()
sys.argv = sys.argv[1:]
if sys.argv[0] == '-m':
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)
else:
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    runpy.run_path(sys.argv[0], run_name='__main__')
`;

/** Set by a caller's shell for other projects; each would change what our Pythons see. */
const foreign = new Set([
  'PYTHONHOME',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'PYTHONINSPECT',
  // Common in containers; every start of the shop would compile all of Django again.
  'PYTHONDONTWRITEBYTECODE',
  'PYTHONPYCACHEPREFIX',
  'VIRTUAL_ENV',
  '__PYVENV_LAUNCHER__',
  'PIP_TARGET',
  'PIP_PREFIX',
  'PIP_ROOT',
  'PIP_USER',
  'PIP_REQUIRE_VIRTUALENV',
  'DATABASE_URL',
  'AUTH_USER_MODEL',
]);

/**
 * The caller's environment (PATH, proxies, pip's index, …) without what belongs to some
 * other Python or Django project. What the shop is to see is always given on purpose.
 *
 * @param {Readonly<Record<string, string | undefined>>} [extra]
 * @returns {Record<string, string>}
 */
export const pythonEnv = (extra = {}) => {
  /** @type {Record<string, string>} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || foreign.has(name)) continue;
    if (name.startsWith('SHOP_') || name.startsWith('DJANGO_')) continue;
    env[name] = value;
  }
  for (const [name, value] of Object.entries(extra)) {
    if (value !== undefined) env[name] = value;
  }
  // Server output and tracebacks reach us as they happen, and as UTF-8 on Windows too.
  return { PYTHONUNBUFFERED: '1', PYTHONUTF8: '1', ...env };
};

/**
 * @param {string} python
 * @param {readonly string[]} args `['-m', 'pip', …]` or `['manage.py', …]`
 * @param {{ cwd?: string, env?: Record<string, string>, scratch?: string }} [options]
 *   `scratch` is a folder that is of no use without the child and is removed with it
 */
export const spawnTethered = (python, args, { cwd, env = pythonEnv(), scratch } = {}) =>
  spawn(python, ['-c', watchdog, ...args], {
    cwd,
    env: scratch ? { ...env, TETHER_SCRATCH: scratch } : env,
    // A group of its own, so that ending it takes its children (gunicorn's workers) along.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });

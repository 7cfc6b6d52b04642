/** Installs pinned requirement files, quietly, and says in a sentence why it failed. */
import { dirname } from 'node:path';
import { runPython } from './run.mjs';
import { pythonEnv } from './tether.mjs';

/** Its own retries take 90 s before they give up on a network that swallows packets. */
const retries = '2';
const timeoutMs = 15 * 60_000;
const unreachable =
  /Max retries exceeded|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Name or service not known|Connection (?:refused|reset|broken)|getaddrinfo failed/i;

/**
 * @typedef {object} Pip whose pip runs, and on which environment
 * @property {string} python
 * @property {readonly string[]} before arguments before `install`
 */

/**
 * @param {object} request
 * @param {Pip} request.pip
 * @param {string} request.file the requirement file
 * @param {readonly string[]} [request.args]
 * @returns {Promise<string>} why it failed, empty when it did not
 */
export const pipInstall = async ({ pip, file, args = [] }) => {
  const result = await runPython(
    pip.python,
    [
      ...['-m', 'pip', ...pip.before, 'install', '--disable-pip-version-check', '--no-input'],
      // Python compiles what it imports, into our own cache; pip would compile all of it,
      // which takes longer than the download.
      ...[
        '--no-compile',
        '--prefer-binary',
        '--no-warn-script-location',
        '--root-user-action=ignore',
      ],
      ...args,
      ...['-r', file],
    ],
    {
      cwd: dirname(file),
      env: pythonEnv({ PIP_RETRIES: process.env.PIP_RETRIES ?? retries }),
      timeoutMs,
    },
  );
  if (result.ok) return '';
  if (unreachable.test(result.stderr + result.stdout))
    return 'the Python package index could not be reached';
  return `pip: ${result.failure.replace(/^ERROR:\s*/, '')}`;
};

/**
 * Whether what an environment and one folder beside it hold fits together.
 *
 * @param {{ pip: Pip, folder: string }} request
 * @returns {Promise<string>} the first thing that does not; empty when all does
 */
export const pipCheck = async ({ pip, folder }) => {
  const result = await runPython(
    pip.python,
    ['-m', 'pip', ...pip.before, '--disable-pip-version-check', 'check'],
    { env: pythonEnv({ PYTHONPATH: folder }), timeoutMs },
  );
  return result.ok
    ? ''
    : (result.stdout.trim().split('\n')[0] || result.failure).replace(/\.$/, '');
};

/**
 * Programs that some tests need and no package manager of ours installs. `.ci/run` installs
 * them; elsewhere their tests are left out of the list.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const browsers = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of this machine; `CHROMIUM` names it elsewhere. */
export const chromium = browsers.find((path) => path !== undefined && existsSync(path));

/** Folders of `test/` whose program is here. */
export const needed = [
  ...(chromium === undefined ? [] : ['browser']),
  ...(spawnSync('nginx', ['-v']).status === 0 ? ['nginx'] : []),
];

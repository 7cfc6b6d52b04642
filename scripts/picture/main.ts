import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileOf, installApplications } from '../clients/install.ts';
import { installPacked } from '../lib/packed.mjs';
import { startShop } from '../lib/shop.mjs';
import { type Cast, formatCast, parseCast } from './cast.ts';
import { screenOf } from './screen.ts';
import { holdSession } from './session.ts';
import { svgOf } from './svg.ts';
import { openTerminal } from './terminal.ts';

const castFile = 'docs/session.cast';
const pictureFile = 'docs/session.svg';

/** It is seen in the picture, so it is one that a person could have. */
const home = '/tmp/ana';
const port = 8000;
const size = { width: 100, height: 48 };
const title =
  'A terminal: login, setup claude-code, claude mcp list says connected, then calls to list, to try an update and to delete, which asks first';

/** Bold while a command is typed, as many have it; pasted text would be shown inverse. */
const shellFiles = {
  '.bashrc':
    String.raw`PS1='\[\e[1;32m\]$\[\e[0;1m\] '; PS2='\[\e[0;32m\]>\[\e[0;1m\] '; PS0='\e[0m'` +
    '\n',
  '.inputrc': 'set enable-bracketed-paste off\n',
  '.npmrc': 'update-notifier=false\nprogress=false\n',
};

const record = async (): Promise<Cast> => {
  await installApplications();
  await mkdir(home); // Fails where somebody else's is.
  try {
    const { bin } = await installPacked(home);
    for (const [name, text] of Object.entries(shellFiles)) await writeFile(join(home, name), text);
    const claude = join(bin, 'claude');
    const wrapper = fileOf('@anthropic-ai/claude-code', 'cli-wrapper.cjs');
    await writeFile(claude, `#!/bin/sh\nexec "${process.execPath}" "${wrapper}" "$@"\n`);
    await chmod(claude, 0o755);
    const shop = await startShop({ django: '5.2', port });
    try {
      const terminal = await openTerminal(['bash', '--rcfile', join(home, '.bashrc')], size, home, {
        HOME: home,
        PATH: [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        BASH_SILENCE_DEPRECATION_WARNING: '1',
      });
      try {
        await holdSession(terminal);
      } catch (error) {
        await terminal.end();
        throw error;
      }
      return { ...size, title, output: await terminal.end() };
    } finally {
      await shop.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
};

const { values: flags } = parseArgs({ options: { render: { type: 'boolean', default: false } } });

if (!flags.render) await writeFile(castFile, formatCast(await record()));
const cast = parseCast(await readFile(castFile, 'utf8'));
const lines = await screenOf(cast);
const picture = svgOf(lines, cast.width, cast.title);
await writeFile(pictureFile, picture);
process.stdout.write(
  `${pictureFile}: ${lines.length} lines, ${Math.round(picture.length / 1024)} KB\n`,
);

/**
 * `npm run matrix`: runs the checks of the stock upstream on every set-up of the shop (Django,
 * theme, language) and prints a table. `--django`, `--theme` and `--language` narrow it; each
 * may be given several times. Fails when a cell that must be green is red.
 */
import { parseArgs } from 'node:util';
import { runSource } from './run-source.mjs';

const several = { type: 'string', multiple: true };

const { values } = parseArgs({
  options: { django: several, theme: several, language: several },
});

const { runMatrix } = await runSource('scripts/matrix/main.ts');
if (!(await runMatrix(values, console.log))) process.exitCode = 1;

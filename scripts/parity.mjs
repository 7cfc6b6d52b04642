/**
 * `npm run parity`: compares the answers of the two upstreams key by key and writes
 * docs/parity.md. With `--check` it writes nothing and fails where the document no longer tells
 * the truth. `--django 6.1` looks at another Django and writes nothing either. Fails in any
 * case when a key is wrong.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runSource } from './run-source.mjs';

const documentedDjango = '5.2';
const path = 'docs/parity.md';

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, django: { type: 'string', default: documentedDjango } },
});

const { runParity } = await runSource('scripts/parity/main.ts');
const { report, document, isSound } = await runParity(values.django);
console.log(report);
if (!isSound) process.exitCode = 1;

if (values.django === documentedDjango) {
  const present = await readFile(path, 'utf8').catch(() => '');
  if (present !== document && values.check) {
    console.error(`${path} is out of date. Run "npm run parity" and commit the result.`);
    process.exitCode = 1;
  } else if (present !== document) {
    await writeFile(path, document);
    console.log(`Written: ${path}.`);
  }
}

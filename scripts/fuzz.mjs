/**
 * `npm run fuzz`: schemathesis (PyPI) against the REST face, over both upstreams: no 500, no
 * answer that the OpenAPI document does not know. Usage: node scripts/fuzz.mjs [examples]
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { prepareShop } from './lib/shop.mjs';
import { runSource } from './run-source.mjs';

const examples = Number(process.argv[2] ?? 10);
const folder = resolve('.venvs/schemathesis');
const program = `${folder}/bin/schemathesis`;

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
};

if (!existsSync(program)) {
  const { python } = await prepareShop({ django: '5.2', log: () => undefined });
  run(python, ['-m', 'venv', folder]);
  run(`${folder}/bin/python`, [
    '-m',
    'pip',
    'install',
    '-q',
    '-r',
    'scripts/fuzz/requirements.txt',
  ]);
}

const { fuzz, targets } = await runSource('scripts/fuzz/main.ts');
let failed = 0;
for (const target of targets) {
  console.log(`\n${target.title}\n`);
  if ((await fuzz(program, target, examples)) !== 0) failed += 1;
}
console.log(`${targets.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

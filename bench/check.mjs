/**
 * For CI, under a minute: fails where the gateway's CPU of a call, told by the hand-written limit
 * in the same run, or the size of the bundle has grown by more than 30 % over bench/baseline.json.
 * With `--update` it writes that file: on purpose, on a quiet machine.
 */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startShop } from '../scripts/lib/shop.mjs';
import { calls } from './lib/calls.mjs';
import { logIn } from './lib/login.mjs';
import { program } from './lib/programs.mjs';
import { cpuOfCalls, startReplayed } from './lib/replayed.mjs';
import { quantile } from './lib/statistics.mjs';

const maxGrowth = 1.3;

const names = ['retrieve, small', 'list, 20 rows'];

/** Short and many: the best of them are those that nothing else on the machine has disturbed. */
const plan = { seconds: 0.25, rounds: 14, warmUp: 2_500 };

const baselineFile = join(import.meta.dirname, 'baseline.json');

const bundleBytes = async () => {
  const root = dirname(program);
  const files = await readdir(root, { recursive: true });
  const scripts = files.filter((file) => file.endsWith('.js'));
  const sizes = await Promise.all(scripts.map(async (file) => (await stat(join(root, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** How many times the CPU of the limit a call takes. */
const cpuRatios = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-check-'));
  const shop = await startShop({ django: '5.2', extras: ['rest-api'] });
  try {
    const session = await logIn(shop.adminUrl);
    const toolsFile = join(folder, 'tools.json');
    await writeFile(toolsFile, '{"tools":[]}');
    const replayed = await startReplayed({
      ...{ adminUrl: shop.adminUrl, session, folder, toolsFile, upstream: 'rest' },
      calls: Object.fromEntries(names.map((name) => [name, calls[name]])),
    });
    try {
      const costs = await cpuOfCalls(replayed, session, names, plan);
      return Object.fromEntries(
        Object.entries(costs).map(([name, { gateway, limit }]) => [
          `CPU of ${name}, times the limit`,
          quantile(gateway, 0.2) / quantile(limit, 0.2),
        ]),
      );
    } finally {
      await replayed.stop();
    }
  } finally {
    await shop.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const baseline = JSON.parse(await readFile(baselineFile, 'utf8'));
const isUpdate = process.argv.includes('--update');

const hasGrown = ([what, value]) => value > baseline[what] * maxGrowth;

/** What has grown has grown the second time too; what only met a busy machine has not. */
const steadyRatios = async () => {
  const first = await cpuRatios();
  if (isUpdate || !Object.entries(first).some(hasGrown)) return first;
  const second = await cpuRatios();
  return Object.fromEntries(
    Object.entries(first).map(([what, value]) => [what, Math.min(value, second[what])]),
  );
};

const found = { ...(await steadyRatios()), 'bundle, bytes': await bundleBytes() };

if (isUpdate) {
  const rounded = Object.entries(found).map(([what, value]) => [
    what,
    Number(value.toPrecision(4)),
  ]);
  await writeFile(baselineFile, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
  console.log(`Written: bench/baseline.json.`);
} else {
  for (const [what, value] of Object.entries(found)) {
    const growth = value / baseline[what];
    const line = `${what}: ${value.toPrecision(4)}, was ${baseline[what]} (${growth.toFixed(2)})`;
    if (!hasGrown([what, value])) console.log(line);
    else {
      console.error(`${line}: more than ${maxGrowth} times as much`);
      process.exitCode = 1;
    }
  }
}

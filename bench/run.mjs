/**
 * `npm run bench`: everything side by side in one run, as bench/README.md explains. Writes
 * bench/results.json, from which the table in the README is made, unless it is only a part.
 * Usage: node bench/run.mjs [--quick] [--only startup,tokens]
 */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../scripts/lib/home.mjs';
import { startGround } from './lib/ground.mjs';
import { summaryOf, tableOf } from './lib/print.mjs';
import { gatewayCpu } from './rows/gateway-cpu.mjs';
import { growth } from './rows/growth.mjs';
import { packed } from './rows/package.mjs';
import { protocol } from './rows/protocol.mjs';
import { readTools } from './rows/read-tools.mjs';
import { startup } from './rows/startup.mjs';
import { stockPages } from './rows/stock-pages.mjs';
import { tasks } from './rows/tasks.mjs';
import { throughput } from './rows/throughput.mjs';
import { tokens } from './rows/tokens.mjs';
import { tried } from './tried.mjs';

const parts = {
  'read-tools': readTools,
  throughput,
  protocol,
  'gateway-cpu': gatewayCpu,
  stock: stockPages,
  tasks,
  startup,
  package: packed,
  tokens,
  growth,
};

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const names = values.only?.split(',') ?? Object.keys(parts);
const unknown = names.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined)
  throw new Error(`There is no part "${unknown}"; known are ${Object.keys(parts).join(', ')}.`);

const say = (line) => process.stderr.write(`${line}\n`);

const [processor] = cpus();
const machine = {
  cores: cpus().length,
  processor: processor?.model.trim() ?? '',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
};

const started = performance.now();
const rows = [];
const loads = [];
const ground = await startGround({ log: say });
try {
  for (const name of names) {
    const from = performance.now();
    loads.push(loadavg()[0] ?? 0);
    rows.push(...(await parts[name](ground, { quick: values.quick })));
    say(`${name}: ${((performance.now() - from) / 1000).toFixed(0)} s`);
  }
} finally {
  await ground.stop();
}

const explained = rows.map((row) =>
  row.verdict === 'missed' && tried(row.what) !== undefined
    ? { ...row, note: [row.note, tried(row.what)].filter(Boolean).join('; ') }
    : row,
);
const minutes = (performance.now() - started) / 60_000;
console.log(tableOf(explained));
console.log(
  `\n${summaryOf(explained)}; ${minutes.toFixed(1)} minutes; load ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)} on ${machine.cores} cores.`,
);

if (values.only === undefined) {
  const results = {
    date: new Date().toISOString().slice(0, 10),
    quick: values.quick,
    django: ground.shop.django,
    machine,
    rows: explained,
  };
  const file = values.quick ? join('.cache', 'bench', 'quick.json') : join('bench', 'results.json');
  await writeFile(join(packageRoot, file), `${JSON.stringify(results, null, 2)}\n`);
  say(`Written: ${file}.`);
}

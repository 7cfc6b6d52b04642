#!/usr/bin/env node
/**
 * Makes everything that the tests, the benchmarks and the demo need, and says what could
 * not be made and why. Safe to run as often as one likes: what is there stays.
 */
import { parseArgs } from 'node:util';
import { packageRoot, resolveHome } from './lib/home.mjs';
import { secondsSince } from './lib/log.mjs';
import { buildPackage, installPackages } from './lib/node-side.mjs';
import { pythonsFor } from './lib/python.mjs';
import { NoFittingPython, prepareShop } from './lib/shop.mjs';

const usage = `Usage: node scripts/setup.mjs [options]

  --django <list>   Django series, of ${Object.keys(pythonsFor).join(', ')} (default: 4.2,5.2,6.1)
  --extras <list>   what else to install beside each; "" for nothing (default: rest-api)
  --no-build        leave dist/ as it is
  --quiet           print problems and the summary only
  --help            print this
`;

/** @param {string} text */
const list = (text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** @param {readonly string[]} args */
const readArguments = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      django: { type: 'string', default: '4.2,5.2,6.1' },
      extras: { type: 'string', default: 'rest-api' },
      'no-build': { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const known = Object.keys(pythonsFor);
  const unknown = list(values.django).filter((django) => !known.includes(django));
  if (unknown.length > 0) {
    throw new Error(
      `There is no Django ${unknown.join(', ')} here; known are ${known.join(', ')}.`,
    );
  }
  const djangos = /** @type {import('./lib/python.d.mts').DjangoSeries[]} */ (list(values.django));
  return { ...values, build: !values['no-build'], djangos, extras: list(values.extras) };
};

/** @param {string} text */
const print = (text) => process.stderr.write(`${text}\n`);

/**
 * @typedef {object} Outcome
 * @property {'ready' | 'problem' | 'skipped'} state
 * @property {string} what
 * @property {string} detail
 * @property {boolean} [cached]
 * @property {string} [version] of the Django that is there
 * @property {boolean} [standIn] it is not the one that was asked for
 * @property {string} [note] what went wrong, for the summary
 * @property {readonly string[]} [missing] extras that could not be had, a sentence each
 */

const marks = /** @type {const} */ ({ ready: 'ok', problem: 'FAILED', skipped: 'skipped' });

/**
 * One line for one thing, when it is done.
 *
 * @param {boolean} quiet
 * @param {() => Promise<Outcome>} work
 */
const report = async (quiet, work) => {
  const started = performance.now();
  const outcome = await work();
  if (!quiet || outcome.state === 'problem') {
    const cached = outcome.cached ? ', cached' : '';
    print(
      `${marks[outcome.state].padEnd(8)} ${outcome.what.padEnd(13)} ${secondsSince(started).padStart(7)}  ${outcome.detail}${cached}`,
    );
  }
  return outcome;
};

/**
 * @param {string} what
 * @param {() => Promise<import('./lib/node-side.mjs').Step>} step
 * @returns {() => Promise<Outcome>}
 */
const npmStep = (what, step) => async () => {
  const { ok, cached, detail } = await step();
  return ok
    ? { state: 'ready', what, detail, cached }
    : { state: 'problem', what, detail: 'why is said below', note: detail };
};

/**
 * @param {import('./lib/python.d.mts').DjangoSeries} django
 * @param {readonly string[]} extras
 * @param {(message: string) => void} log
 * @returns {() => Promise<Outcome>}
 */
const shopStep = (django, extras, log) => async () => {
  const what = `Django ${django}`;
  try {
    // A set-up that was asked for tries again what has failed a minute ago.
    const shop = await prepareShop({ django, extras, log, retry: true });
    const beside = shop.extras.length > 0 ? ` with ${shop.extras.join(', ')}` : '';
    const from = { pypi: '', system: ' of this machine', debian: ' of Debian' }[shop.took];
    return {
      state: 'ready',
      what,
      detail: `${shop.django}${from}${beside}, shop seeded`,
      cached: shop.cached,
      version: shop.django,
      standIn: shop.took !== 'pypi',
      note: shop.note,
      missing: shop.missing.map(({ name, why }) => `${name} for Django ${django}: ${why}.`),
    };
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    const state = error instanceof NoFittingPython ? 'skipped' : 'problem';
    return { state, what, detail: 'why is said below', note };
  }
};

/** @param {ReturnType<typeof readArguments>} options */
const setUp = async ({ djangos, extras, build, quiet }) => {
  const started = performance.now();
  /** @param {string} message */
  const log = (message) => quiet || print(`         ${message}`);
  const node = async () => {
    const installed = await report(quiet, npmStep('npm packages', installPackages));
    if (!build || installed.state !== 'ready') return [installed];
    return [installed, await report(quiet, npmStep('build', buildPackage))];
  };
  const [nodeSide, shops] = await Promise.all([
    node(),
    Promise.all(djangos.map((django) => report(quiet, shopStep(django, extras, log)))),
  ]);
  const usable = shops.filter(({ state }) => state === 'ready');
  const proper = usable.filter(({ standIn }) => !standIn);
  const standIns = new Set(
    usable.flatMap(({ standIn, version }) => (standIn && version ? [version] : [])),
  );
  const where = resolveHome() === packageRoot ? '.venvs/ and .cache/' : resolveHome();
  print(
    `${proper.length} of ${shops.length} Django versions ready in ${secondsSince(started)}` +
      `${proper.map(({ version }, index) => `${index === 0 ? ': ' : ', '}${version}`).join('')}` +
      `${standIns.size > 0 ? `; ${[...standIns].join(', ')} of this machine stands in` : ''}. ` +
      `Environments and data are in ${where}.`,
  );
  const remarks = [...nodeSide, ...shops].flatMap(({ note }) => (note ? [note] : []));
  // A stand-in gets no extras at all, and its note has said why.
  remarks.push(...proper.flatMap(({ missing = [] }) => missing));
  if (
    usable.length > 0 &&
    usable.every(({ missing = [] }) => missing.some((line) => line.startsWith('rest-api')))
  ) {
    remarks.push('Without rest-api the rest upstream cannot be shown; everything else can.');
  }
  for (const remark of remarks) print(`- ${remark}`);
  const nodeFailed = nodeSide.some(({ state }) => state === 'problem');
  return usable.length > 0 && !nodeFailed ? 0 : 1;
};

try {
  const options = readArguments(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else process.exitCode = await setUp(options);
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  print(usage);
  process.exitCode = 1;
}

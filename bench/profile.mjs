/**
 * Where the CPU of a tools/call goes: runs the gateway over recorded answers of Django under
 * `--cpu-prof` and prints the largest costs, by package and by function, in µs per call.
 * Usage: node bench/profile.mjs [CALL] [stock|rest] [SECONDS]
 *
 * Names are those of the build: `node scripts/build.mjs --readable FOLDER` makes one that can be
 * read, and `BENCH_PROGRAM=FOLDER/main.js` profiles it.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bigList, calls as reads } from './lib/calls.mjs';
import { startGround } from './lib/ground.mjs';
import { gatewayPath, post, rpc, toGateway } from './lib/peers.mjs';
import { startReplayed } from './lib/replayed.mjs';
import { underLoad } from './lib/rounds.mjs';

const calls = { ...reads, 'list, 100 rows': bigList };

const [name = 'retrieve, small', upstream = 'rest', seconds = '8'] = process.argv.slice(2);
const shown = 70;

/** Self time in µs of every node of a V8 profile. */
const selfTimes = ({ nodes, samples, timeDeltas }) => {
  const times = new Map(nodes.map(({ id }) => [id, 0]));
  for (const [index, id] of samples.entries()) times.set(id, times.get(id) + timeDeltas[index]);
  return times;
};

const texts = new Map();

const linesOf = (url) => {
  const lines = texts.get(url) ?? readFileSync(new URL(url), 'utf8').split('\n');
  texts.set(url, lines);
  return lines;
};

/** The line that a function without a name begins on. */
const lineOf = (url, number) =>
  url.startsWith('file:') ? (linesOf(url)[number] ?? '').trim().slice(0, 90) : '';

/** The source that a line of a readable build comes from: esbuild names each before its text. */
const moduleOf = ({ functionName, url, lineNumber }) => {
  if (!url.startsWith('file:')) return url || functionName;
  const named = linesOf(url)
    .slice(0, lineNumber + 1)
    .findLast((line) => /^\s*\/\/ (?:src|node_modules)\//.test(line));
  return named === undefined
    ? url.replace(/^.*\//, '')
    : named
        .trim()
        .slice(3)
        .replace(/^(node_modules\/(?:@[^/]+\/)?[^/]+)\/.*$/, '$1');
};

const add = (totals, key, time) => totals.set(key, (totals.get(key) ?? 0) + time);

const print = (title, totals, count) => {
  console.log(`\n${title}, µs per call`);
  for (const [key, time] of [...totals].sort(([, a], [, b]) => b - a).slice(0, shown))
    console.log(`${(time / count).toFixed(1).padStart(8)}  ${key}`);
};

const idle = new Set(['(idle)', '(program)', '(root)']);

const report = (profile, count) => {
  const times = selfTimes(profile);
  const byModule = new Map();
  const byFunction = new Map();
  const inclusive = new Map();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const label = ({ functionName, url, lineNumber }) =>
    `${functionName || '(anonymous)'}  ${url.replace(/^.*\//, '')}:${lineNumber + 1}  ${functionName ? '' : lineOf(url, lineNumber)}`;
  const visit = (node, path) => {
    const key = label(node.callFrame);
    const own = times.get(node.id) ?? 0;
    if (!idle.has(node.callFrame.functionName)) {
      add(byFunction, key, own);
      if (own > 0) add(byModule, moduleOf(node.callFrame), own);
    }
    const isNew = !path.has(key);
    if (isNew) path.add(key);
    let total = own;
    for (const child of node.children ?? []) total += visit(nodes.get(child), path);
    if (isNew) {
      path.delete(key);
      if (!idle.has(node.callFrame.functionName)) add(inclusive, key, total);
    }
    return total;
  };
  visit(profile.nodes[0], new Set());
  print('By module', byModule, count);
  print('Self time', byFunction, count);
  print('With what it calls', inclusive, count);
};

const profiles = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-profile-'));
const ground = await startGround({ log: console.error });
try {
  const isTool = calls[name] !== undefined;
  const replayed = await startReplayed({
    ...{ adminUrl: ground.shop.adminUrl, session: ground.session, upstream },
    ...{ folder: ground.folder, toolsFile: ground.toolsFile },
    calls: isTool ? { [name]: calls[name] } : { registry: calls.registry },
    nodeArgs: ['--cpu-prof', '--cpu-prof-dir', profiles],
  });
  const request = isTool
    ? toGateway(calls[name], ground.session)
    : post(gatewayPath, ground.session, rpc(name));
  const subject = {
    name,
    run: () => replayed.wires.gateway.send(request),
    pids: [replayed.gateway.pid],
  };
  const measured = await underLoad(subject, { connections: 8, seconds: Number(seconds) });
  await replayed.stop();
  const [file = ''] = await readdir(profiles);
  report(JSON.parse(await readFile(join(profiles, file), 'utf8')), measured.calls);
  console.log(
    `\n${measured.calls} calls, ${((measured.cpuMs * 1000) / measured.calls).toFixed(0)} µs of CPU each`,
  );
} finally {
  await ground.stop();
  await rm(profiles, { recursive: true, force: true });
}

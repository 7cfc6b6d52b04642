/**
 * `npm run soak`: many mixed calls over HTTP, and the gateway's memory meanwhile. It must stay
 * within 10 % of what it was once warm. Django's answers come from memory, recorded at the start;
 * with `--django` they come from Django itself, which takes as long as Django needs.
 * Usage: node bench/soak.mjs [--calls 100000] [--upstream stock|rest] [--django]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startShop } from '../scripts/lib/shop.mjs';
import { calls as reads } from './lib/calls.mjs';
import { logIn } from './lib/login.mjs';
import { gatewayPath, modernPost, post, rpc, toGateway } from './lib/peers.mjs';
import { cpuMs, rssMb } from './lib/process-cost.mjs';
import { startGateway } from './lib/programs.mjs';
import { startReplayed } from './lib/replayed.mjs';
import { repeat } from './lib/rounds.mjs';
import { quantile } from './lib/statistics.mjs';
import { openWire } from './lib/wire.mjs';

const connections = 8;
const maxGrowth = 1.1;
const steps = 25;
/** Steps before the memory is taken for warm: caches are full and V8 has settled its heap. */
const warmSteps = 5;

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100000' },
    upstream: { type: 'string', default: 'rest' },
    django: { type: 'boolean', default: false },
  },
});
const total = Number(values.calls);
const upstream = values.upstream === 'stock' ? 'stock' : 'rest';

const missing = { app_label: 'catalog', model_name: 'nothing' };

/** What clients send: reads of every kind, lists of tools, and mistakes. */
const mixOf = (session) => [
  ...Object.values(reads).map((call) => toGateway(call, session)),
  post(gatewayPath, session, rpc('tools/list')),
  modernPost(gatewayPath, session, 'tools/list'),
  modernPost(gatewayPath, session, 'tools/call', {
    name: 'admin_retrieve',
    arguments: reads['retrieve, small'].args,
  }),
  toGateway({ name: 'list', args: missing }, session),
  toGateway({ name: 'list', args: { ...missing, colour: 'red' } }, session),
  post(gatewayPath, session, rpc('tools/call', { name: 'admin_unknown', arguments: {} })),
  post(gatewayPath, session, '{"jsonrpc": '),
];

const shop = await startShop({
  django: '5.2',
  extras: ['rest-api'],
  server: 'gunicorn',
  log: console.error,
});
const folder = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-soak-'));

const startSubject = async (session) => {
  if (values.django) {
    const gateway = await startGateway({ url: shop.adminUrl, upstream });
    const wire = openWire(new URL(gateway.url).origin);
    return { gateway, wire, stop: () => wire.close().then(gateway.stop) };
  }
  const toolsFile = join(folder, 'tools.json');
  await writeFile(toolsFile, '{"tools":[]}');
  const replayed = await startReplayed({
    ...{ adminUrl: shop.adminUrl, session, folder, toolsFile, upstream },
    calls: reads,
  });
  return { gateway: replayed.gateway, wire: replayed.wires.gateway, stop: replayed.stop };
};

try {
  const session = await logIn(shop.adminUrl);
  const { gateway, wire, stop } = await startSubject(session);
  try {
    const mix = mixOf(session);
    let next = 0;
    const run = async () => {
      next += 1;
      const { status, text } = await wire.send(mix[next % mix.length]);
      if (status >= 500) throw new Error(`${status}: ${text.slice(0, 500)}`);
    };
    const curve = [];
    console.log('   calls  memory  CPU of a call');
    for (let step = 1; step <= steps; step += 1) {
      const before = cpuMs([gateway.pid]);
      await repeat(run, { connections, calls: total / steps });
      const us = ((cpuMs([gateway.pid]) - before) * 1000) / (total / steps);
      const mb = rssMb(gateway.pid);
      curve.push(mb);
      const bar = '#'.repeat(Math.round(mb / 5));
      console.log(
        `${String(next).padStart(8)}  ${mb.toFixed(0).padStart(3)} MB  ${us.toFixed(0).padStart(5)} µs  ${bar}`,
      );
    }
    const warm = Math.max(...curve.slice(0, warmSteps));
    const end = quantile(curve.slice(-warmSteps), 0.5);
    console.log(
      `\n${total} calls over ${upstream}: ${warm.toFixed(0)} MB once warm, ${end.toFixed(0)} MB at the end (${(end / warm).toFixed(2)}).`,
    );
    if (end > warm * maxGrowth) process.exitCode = 1;
  } finally {
    await stop();
  }
} finally {
  await shop.stop();
  await rm(folder, { recursive: true, force: true });
}

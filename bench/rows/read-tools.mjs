/**
 * Each reading tool over `rest`: the gateway, the Python endpoint, the REST endpoint, and the
 * limit, which hands its JSON on, in turns.
 */
import { bigList, calls } from '../lib/calls.mjs';
import { assertAnswered, toGateway, toLimit, toPython, toRest } from '../lib/peers.mjs';
import { startGateway } from '../lib/programs.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { rowOf } from '../lib/row.mjs';
import { geometricMean, median, short, spread } from '../lib/statistics.mjs';
import { warmUp } from '../lib/warm-up.mjs';
import { openWire } from '../lib/wire.mjs';

/** @param {import('../lib/ground.mjs').Ground} ground */
const subjectsFor = ({ wires, session, gateways, djangoPids }, call) => {
  const subject = (name, wire, request, pids) => ({
    name,
    pids,
    run: async () => assertAnswered(`${name}, ${call.name}`, await wire.send(request)),
  });
  return [
    subject('gateway', wires.rest, toGateway(call, session), [...djangoPids, gateways.rest.pid]),
    subject('python', wires.django, toPython(call, session), djangoPids),
    subject('direct', wires.django, toRest(call, session), djangoPids),
    subject('limit', wires.limit, toLimit(call, session), []),
  ];
};

/** What the first calls of a process cost, before V8 has compiled what runs in them. */
const firstCalls = async ({ shop, wires, session }, quick) => {
  const gateway = await startGateway({ url: shop.adminUrl, upstream: 'rest' });
  const wire = openWire(new URL(gateway.url).origin);
  const call = calls['retrieve, small'];
  try {
    const measured = await inTurns(
      [
        { name: 'fresh', run: () => wire.send(toGateway(call, session)) },
        { name: 'python', run: () => wires.django.send(toPython(call, session)) },
      ],
      quick ? { rounds: 2, block: 10 } : { rounds: 5, block: 20 },
    );
    const [fresh, python] = ['fresh', 'python'].map((name) => measured.get(name).ms);
    return rowOf({
      what: `the first ${fresh.length} calls of a gateway, retrieve, small, p50`,
      figure: spread(fresh, 'ms'),
      against: 'Python MCP endpoint',
      other: spread(python, 'ms'),
      ratio: median(fresh) / median(python),
    });
  } finally {
    await wire.close();
    await gateway.stop();
  }
};

const perCall = ({ cpuMs, calls: count }) => cpuMs / count;

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const readTools = async (ground, { quick }) => {
  const rows = [];
  const ratios = { python: [], direct: [], cpu: [], limit: [] };
  const measure = async (what, call, plan) => {
    const measured = await inTurns(subjectsFor(ground, call), plan);
    const [gateway, python, direct, limit] = ['gateway', 'python', 'direct', 'limit'].map((name) =>
      measured.get(name),
    );
    const toPythonRatio = median(gateway.ms) / median(python.ms);
    const toDirectRatio = median(gateway.ms) / median(direct.ms);
    const limitRatio = median(limit.ms) / median(direct.ms);
    rows.push(
      rowOf({
        what: `tools/call ${what}, p50`,
        figure: spread(gateway.ms, 'ms'),
        against: 'Python MCP endpoint',
        other: spread(python.ms, 'ms'),
        ratio: toPythonRatio,
        atMost: 0.85,
        note: `CPU with Django's: ${short(perCall(gateway))} ms, Python ${short(perCall(python))} ms, direct ${short(perCall(direct))} ms`,
      }),
      rowOf({
        what: `tools/call ${what}, p50`,
        figure: spread(gateway.ms, 'ms'),
        against: 'REST called directly',
        other: spread(direct.ms, 'ms'),
        ratio: toDirectRatio,
        atMost: 1.1,
        note: `the limit, hand-written, takes ${short(limitRatio)} of it`,
      }),
    );
    ratios.limit.push(limitRatio);
    ratios.python.push(toPythonRatio);
    ratios.direct.push(toDirectRatio);
    ratios.cpu.push(perCall(gateway) / perCall(python));
  };
  const first = await firstCalls(ground, quick);
  if (!quick) await warmUp(ground, 'rest');
  const plan = quick ? { rounds: 2, block: 4 } : { rounds: 8, block: 10 };
  for (const [what, call] of Object.entries(calls)) await measure(what, call, plan);
  if (!quick) await measure('list, 100 of 100,000 rows', bigList, { rounds: 4, block: 2 });
  return [
    rowOf({
      what: 'tools/call of the reading tools, p50',
      figure: `${ratios.python.length} tools`,
      against: 'Python MCP endpoint',
      ratio: geometricMean(ratios.python),
      atMost: 0.85,
      headline: true,
      note: 'geometric mean of the ratios below',
    }),
    rowOf({
      what: 'tools/call of the reading tools, p50',
      figure: `${ratios.direct.length} tools`,
      against: 'REST called directly',
      ratio: geometricMean(ratios.direct),
      atMost: 1.1,
      headline: true,
      note: `geometric mean of the ratios below; that of the limit is ${short(geometricMean(ratios.limit))}`,
    }),
    rowOf({
      what: 'CPU of a call, gateway and Django together',
      figure: `${ratios.cpu.length} tools`,
      against: 'Python MCP endpoint',
      ratio: geometricMean(ratios.cpu),
      note: 'CPU time is counted in steps of 10 ms',
    }),
    first,
    ...rows,
  ];
};

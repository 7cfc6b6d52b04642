/** Each reading tool over `rest`: the gateway, the Python endpoint and the REST endpoint in turns. */
import { bigList, calls } from '../lib/calls.mjs';
import { assertAnswered, toGateway, toPython, toRest } from '../lib/peers.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { rowOf } from '../lib/row.mjs';
import { geometricMean, median, short, spread } from '../lib/statistics.mjs';

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
  ];
};

const perCall = ({ cpuMs, calls: count }) => cpuMs / count;

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const readTools = async (ground, { quick }) => {
  const rows = [];
  const ratios = { python: [], direct: [], cpu: [] };
  const measure = async (what, call, plan) => {
    const measured = await inTurns(subjectsFor(ground, call), plan);
    const [gateway, python, direct] = ['gateway', 'python', 'direct'].map((name) =>
      measured.get(name),
    );
    const toPythonRatio = median(gateway.ms) / median(python.ms);
    const toDirectRatio = median(gateway.ms) / median(direct.ms);
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
      }),
    );
    ratios.python.push(toPythonRatio);
    ratios.direct.push(toDirectRatio);
    ratios.cpu.push(perCall(gateway) / perCall(python));
  };
  const plan = quick ? { rounds: 2, block: 4 } : { rounds: 9, block: 10 };
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
      note: 'geometric mean of the ratios below',
    }),
    rowOf({
      what: 'CPU of a call, gateway and Django together',
      figure: `${ratios.cpu.length} tools`,
      against: 'Python MCP endpoint',
      ratio: geometricMean(ratios.cpu),
      note: 'CPU time is counted in steps of 10 ms',
    }),
    ...rows,
  ];
};

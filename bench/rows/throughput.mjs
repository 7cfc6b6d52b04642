/** Calls a second with many connections: the gateway, the Python endpoint, REST alone. */
import { calls } from '../lib/calls.mjs';
import { assertAnswered, toGateway, toPython, toRest } from '../lib/peers.mjs';
import { loadInTurns } from '../lib/rounds.mjs';
import { rowOf } from '../lib/row.mjs';
import { median, spread } from '../lib/statistics.mjs';
import { warmUp } from '../lib/warm-up.mjs';

const measuredCalls = ['retrieve, small', 'list, 20 rows'];

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const throughput = async (ground, { quick }) => {
  const { wires, session } = ground;
  if (!quick) await warmUp(ground, 'rest');
  const plan = quick ? { seconds: 0.7, rounds: 1 } : { seconds: 2, rounds: 3 };
  const rows = [];
  for (const what of quick ? measuredCalls.slice(0, 1) : measuredCalls)
    for (const connections of [8, 64]) {
      const call = calls[what];
      const subject = (name, wire, request) => ({
        name,
        run: async () => assertAnswered(`${name}, ${what}`, await wire.send(request)),
      });
      const measured = await loadInTurns(
        [
          subject('gateway', wires.rest, toGateway(call, session)),
          subject('python', wires.django, toPython(call, session)),
          subject('direct', wires.django, toRest(call, session)),
        ],
        { ...plan, connections },
      );
      const rate = (name) => measured.get(name).perSecond;
      const compare = (against, name, atLeast) =>
        rowOf({
          what: `${what}, ${connections} connections`,
          figure: spread(rate('gateway'), '/s'),
          against,
          other: spread(rate(name), '/s'),
          ratio: median(rate('gateway')) / median(rate(name)),
          atLeast,
          headline: connections === 8 && what === 'retrieve, small',
          note: 'the gateway has a core less for Django where there are only two',
        });
      rows.push(
        compare('Python MCP endpoint', 'python', 1),
        compare('REST called directly', 'direct', 0.95),
      );
    }
  return rows;
};

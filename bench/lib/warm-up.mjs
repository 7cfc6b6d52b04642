/**
 * A gateway that has run for a minute: V8 compiles a function once it has run often, and a call
 * costs a fresh process three to five times as much. Rows that compare times with Django's come
 * after this; what the first calls cost has a row of its own.
 */
import { calls } from './calls.mjs';
import { askGateway } from './peers.mjs';
import { repeat } from './rounds.mjs';

const connections = 8;

const product = { app_label: 'catalog', model_name: 'product' };

/** Pages are ten times the work of a small call of `rest`, and Django takes as long over each. */
const plans = {
  rest: [[calls['retrieve, small'], 800], ...Object.values(calls).map((call) => [call, 90])],
  stock: [
    [calls['list, 20 rows'], 80],
    [calls['retrieve, large'], 40],
    [{ name: 'action', args: { ...product, action_name: 'activate', pks: ['3', '4'] } }, 40],
  ],
};

/** Gateways that are warm, by their process ids. */
const warm = new Set();

/**
 * Calls a gateway of the ground as often as it takes, once a run.
 *
 * @param {import('./ground.mjs').Ground} ground
 * @param {'rest' | 'stock'} upstream
 */
export const warmUp = async ({ gateways, wires, session }, upstream) => {
  const { pid } = gateways[upstream];
  if (warm.has(pid)) return;
  warm.add(pid);
  for (const [call, count] of plans[upstream])
    await repeat(() => askGateway(wires[upstream], `warm-up, ${upstream}`, call, session), {
      connections,
      calls: count,
    });
};

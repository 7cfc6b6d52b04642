/** What never reaches Django: `initialize`, `tools/list`, the manifest. */
import {
  assertAnswered,
  gatewayPath,
  headersOf,
  modernPost,
  post,
  pythonPath,
  rpc,
} from '../lib/peers.mjs';
import { loadInTurns } from '../lib/rounds.mjs';
import { rowOf } from '../lib/row.mjs';
import { median, spread } from '../lib/statistics.mjs';

const connections = 8;

/** Python compiles nothing while it runs. */
const pythonWarmUp = 100;

const initialize = rpc('initialize', {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1' },
});

const get = (path, session) => ({ method: 'GET', path, headers: headersOf(session) });

/** @typedef {import('../lib/peers.mjs').Session} Session */

/** For each: the request to the gateway, to the Python endpoint if it has one, to the limit. */
const requests = {
  initialize: (session) => [
    post(gatewayPath, session, initialize),
    post(pythonPath, session, initialize),
    post('/', session, initialize),
  ],
  'tools/list': (session) => [
    post(gatewayPath, session, rpc('tools/list')),
    post(pythonPath, session, rpc('tools/list')),
    post('/', session, rpc('tools/list')),
  ],
  'tools/list of 2026-07-28': (session) => [
    modernPost(gatewayPath, session, 'tools/list'),
    undefined,
    modernPost('/', session, 'tools/list'),
  ],
  manifest: (session) => [
    get(`${gatewayPath}manifest/`, session),
    get(`${pythonPath}manifest/`, session),
    get('/', session),
  ],
};

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const protocol = async (ground, { quick }) => {
  const { wires, session, gateways, limit, djangoPids } = ground;
  const plan = {
    connections,
    ...(quick
      ? { seconds: 0.5, rounds: 2, warmUp: 800 }
      : { seconds: 2, rounds: 4, warmUp: 4_000 }),
  };
  const rows = [];
  for (const [what, make] of Object.entries(requests)) {
    const [ours, python, lowest] = make(session);
    const subject = (name, wire, request, pids) => ({
      name,
      pids,
      run: async () => assertAnswered(`${name}, ${what}`, await wire.send(request)),
    });
    const measured = await loadInTurns(
      [
        subject('gateway', wires.rest, ours, [gateways.rest.pid]),
        ...(python === undefined
          ? []
          : [{ ...subject('python', wires.django, python, djangoPids), warmUp: pythonWarmUp }]),
        subject('limit', wires.limit, lowest, [limit.pid]),
      ],
      plan,
    );
    const cost = (name) => measured.get(name).cpuUs;
    const rate = (name) => measured.get(name).perSecond;
    if (python !== undefined)
      rows.push(
        rowOf({
          what: `${what}, ${connections} connections`,
          figure: spread(rate('gateway'), '/s'),
          against: 'Python MCP endpoint',
          other: spread(rate('python'), '/s'),
          ratio: median(rate('gateway')) / median(rate('python')),
          atLeast: 10,
          headline: what === 'tools/list',
          note: `CPU of a request: Python ${spread(cost('python'), 'µs')}`,
        }),
      );
    rows.push(
      rowOf({
        what: `${what}, CPU of a request`,
        figure: spread(cost('gateway'), 'µs'),
        against: 'hand-written on node:http',
        other: spread(cost('limit'), 'µs'),
        ratio: median(cost('gateway')) / median(cost('limit')),
        atMost: 3,
        headline: what === 'tools/list',
      }),
    );
  }
  return rows;
};

/** What a call costs with more callers and with larger admins; memory over many calls. */
import { calls } from '../lib/calls.mjs';
import { assertAnswered, gatewayPath, post, rpc, toGateway } from '../lib/peers.mjs';
import { rssMb } from '../lib/process-cost.mjs';
import { startGateway } from '../lib/programs.mjs';
import { startReplayed } from '../lib/replayed.mjs';
import { inTurns, loadInTurns, repeat } from '../lib/rounds.mjs';
import { rowOf } from '../lib/row.mjs';
import { median, short, spread } from '../lib/statistics.mjs';
import { openWire } from '../lib/wire.mjs';

const name = 'retrieve, small';

/** Sessions that the recorded Django takes for good: it looks at none. */
const callersOf = (count) =>
  Array.from({ length: count }, (_, index) => ({
    cookie: `sessionid=caller${index}; csrftoken=token${index}`,
    token: `token${index}`,
  }));

/** Each caller in turn, as many at once as there are callers. */
const callersRow = async (replayed, quick) => {
  const subjects = [1, 8, 64].map((count) => {
    const requests = callersOf(count).map((session) => toGateway(calls[name], session));
    let next = 0;
    return {
      name: `${count}`,
      connections: count,
      pids: [replayed.gateway.pid],
      run: async () => {
        next += 1;
        const request = requests[next % count];
        assertAnswered(`${count} callers`, await replayed.wires.gateway.send(request));
      },
    };
  });
  const measured = await loadInTurns(
    subjects,
    quick ? { seconds: 0.4, rounds: 2, warmUp: 300 } : { seconds: 1.5, rounds: 4, warmUp: 3_000 },
  );
  const cost = (count) => measured.get(`${count}`).cpuUs;
  const ratio = median(cost(64)) / median(cost(1));
  return rowOf({
    what: 'gateway CPU of a call, 64 callers',
    figure: spread(cost(64), 'µs'),
    against: '1 caller',
    other: spread(cost(1), 'µs'),
    ratio,
    atMost: 1.1,
    headline: true,
    note: `8 callers ${spread(cost(8), 'µs')}`,
  });
};

/** The registry over `stock` of sites with more and more models. */
const modelsRows = async ({ shop, session }, quick) => {
  const sizes = [10, 30, 100, 300];
  const open = [];
  try {
    const subjects = [];
    for (const size of sizes) {
      const gateway = await startGateway({ url: `${shop.url}/crowd/${size}/`, upstream: 'stock' });
      const wire = openWire(new URL(gateway.url).origin);
      open.push({ gateway, wire });
      const request = post(
        gatewayPath,
        session,
        rpc('tools/call', { name: 'admin_registry', arguments: {} }),
      );
      subjects.push({
        name: `${size}`,
        pids: [gateway.pid],
        run: async () => assertAnswered(`${size} models`, await wire.send(request)),
      });
    }
    const measured = await inTurns(
      subjects,
      quick ? { rounds: 2, block: 3, warmUp: 2 } : { rounds: 8, block: 8, warmUp: 20 },
    );
    const cpu = (size) => measured.get(`${size}`).cpuMs / measured.get(`${size}`).calls;
    const ms = (size) => measured.get(`${size}`).ms;
    return [
      rowOf({
        what: 'registry of 300 models, stock, per model',
        figure: spread(ms(300), 'ms'),
        against: '10 models',
        other: spread(ms(10), 'ms'),
        ratio: median(ms(300)) / median(ms(10)) / 30,
        atMost: 1,
        headline: true,
        note: `gateway CPU with ${sizes.map((size) => `${size}: ${short(cpu(size))} ms`).join(', ')}`,
      }),
    ];
  } finally {
    for (const { gateway, wire } of open) {
      await wire.close();
      await gateway.stop();
    }
  }
};

/** Resident memory before and after many calls; `npm run soak` shows the whole curve. */
const memoryRow = async (replayed, session, quick) => {
  const total = quick ? 2_000 : 100_000;
  const request = toGateway(calls[name], session);
  const run = () => replayed.wires.gateway.send(request);
  await repeat(run, { connections: 8, calls: total / 5 });
  const before = rssMb(replayed.gateway.pid);
  await repeat(run, { connections: 8, calls: total });
  const after = rssMb(replayed.gateway.pid);
  return rowOf({
    what: `memory after ${total} calls more`,
    figure: `${after.toFixed(0)} MB`,
    against: `after the first ${total / 5}`,
    other: `${before.toFixed(0)} MB`,
    ratio: after / before,
    atMost: 1.1,
    headline: true,
  });
};

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const growth = async (ground, { quick }) => {
  const { shop, session, folder, toolsFile } = ground;
  const replayed = await startReplayed({
    ...{ adminUrl: shop.adminUrl, session, folder, toolsFile, upstream: 'rest' },
    calls: { [name]: calls[name] },
  });
  try {
    return [
      await callersRow(replayed, quick),
      ...(await modelsRows(ground, quick)),
      await memoryRow(replayed, session, quick),
    ];
  } finally {
    await replayed.stop();
  }
};

/** CPU of the gateway alone for one tools/call: Django's answers come from memory. */
import { calls, rowsOfEvents } from '../lib/calls.mjs';
import { askGateway } from '../lib/peers.mjs';
import { cpuOfCalls, startReplayed } from '../lib/replayed.mjs';
import { loadInTurns } from '../lib/rounds.mjs';
import { rowOf } from '../lib/row.mjs';
import { median, spread } from '../lib/statistics.mjs';

const measuredCalls = ['retrieve, small', 'list, 20 rows', 'retrieve, large'];

/** Rows of the big table, read from the admin's pages. */
const stockLists = { 'list, 100 rows': rowsOfEvents(100), 'list, 1000 rows': rowsOfEvents(1000) };

const rowsIn = (calls) => calls.reduce((sum, { args }) => sum + args.page_size, 0);

const stockRows = async ({ shop, session, folder, toolsFile }, quick) => {
  const { 'list, 1000 rows': long, ...shorter } = stockLists;
  const lists = quick ? shorter : { ...shorter, 'list, 1000 rows': long };
  const replayed = await startReplayed({
    ...{ adminUrl: shop.adminUrl, session, folder, toolsFile, upstream: 'stock' },
    calls: lists,
  });
  try {
    const rows = [];
    for (const [name, call] of Object.entries(lists)) {
      const run = () => askGateway(replayed.wires.gateway, 'stock', call, session);
      const measured = await loadInTurns([{ name, run, pids: [replayed.gateway.pid] }], {
        connections: 2,
        ...(quick ? { seconds: 1, rounds: 2, warmUp: 60 } : { seconds: 2, rounds: 4, warmUp: 200 }),
      });
      const ms = measured.get(name).cpuUs.map((us) => (us / 1000 / rowsIn(call)) * 100);
      rows.push(
        rowOf({
          what: `gateway CPU of ${name}, stock, per 100 rows`,
          figure: spread(ms, 'ms'),
          value: median(ms),
          atMost: 3,
          unit: ' ms',
          headline: name === 'list, 100 rows',
        }),
      );
    }
    return rows;
  } finally {
    await replayed.stop();
  }
};

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const gatewayCpu = async (ground, { quick }) => {
  const { shop, session, folder, toolsFile } = ground;
  const replayed = await startReplayed({
    ...{ adminUrl: shop.adminUrl, session, folder, toolsFile, upstream: 'rest' },
    calls: Object.fromEntries(measuredCalls.map((name) => [name, calls[name]])),
  });
  try {
    const plan = quick
      ? { seconds: 0.4, rounds: 2, warmUp: 1_000 }
      : { seconds: 1.5, rounds: 5, warmUp: 5_000 };
    const costs = await cpuOfCalls(replayed, session, measuredCalls, plan);
    const ofRest = Object.entries(costs).map(([name, { gateway, limit }]) =>
      rowOf({
        what: `gateway CPU of tools/call ${name}, rest`,
        figure: spread(gateway, 'µs'),
        against: 'hand-written, passing JSON on',
        other: spread(limit, 'µs'),
        ratio: median(gateway) / median(limit),
        value: median(gateway),
        atMost: 250,
        unit: ' µs',
        headline: name === 'retrieve, small',
        note: `${((replayed.recorded[name][0]?.answer.length * 0.75) / 1024).toFixed(1)} KB from Django`,
      }),
    );
    return [...ofRest, ...(await stockRows(ground, quick))];
  } finally {
    await replayed.stop();
  }
};

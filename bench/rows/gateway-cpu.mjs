/** CPU of the gateway alone for one tools/call: Django's answers come from memory. */
import { calls } from '../lib/calls.mjs';
import { cpuOfCalls, startReplayed } from '../lib/replayed.mjs';
import { rowOf } from '../lib/row.mjs';
import { median, spread } from '../lib/statistics.mjs';

const measuredCalls = ['retrieve, small', 'list, 20 rows', 'retrieve, large'];

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const gatewayCpu = async ({ shop, session, folder, toolsFile }, { quick }) => {
  const replayed = await startReplayed({
    ...{ adminUrl: shop.adminUrl, session, folder, toolsFile, upstream: 'rest' },
    calls: Object.fromEntries(measuredCalls.map((name) => [name, calls[name]])),
  });
  try {
    const plan = quick
      ? { seconds: 0.5, rounds: 3, warmUp: 1_500 }
      : { seconds: 2, rounds: 7, warmUp: 6_000 };
    const costs = await cpuOfCalls(replayed, session, measuredCalls, plan);
    return Object.entries(costs).map(([name, { gateway, limit }]) =>
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
  } finally {
    await replayed.stop();
  }
};

/** Calls over `stock`, beside the requests that they make: the same pages, fetched and posted raw. */
import { rowsOfEvents } from '../lib/calls.mjs';
import { askGateway } from '../lib/peers.mjs';
import { sendAgain } from '../lib/recorder.mjs';
import { record } from '../lib/recording.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { rowOf } from '../lib/row.mjs';
import { geometricMean, median, short, spread, sum } from '../lib/statistics.mjs';
import { warmUp } from '../lib/warm-up.mjs';

const product = { app_label: 'catalog', model_name: 'product' };

let stock = 0;

/** A value that the object has not: one that changes nothing is not posted. */
const nextStock = () => {
  stock = (stock + 1) % 1_000;
  return stock;
};

const stockCalls = {
  'list, 20 rows': { name: 'list', args: { ...product, page_size: 20 } },
  'list, 100 rows': rowsOfEvents(100),
  'list, 1000 rows': rowsOfEvents(1000),
  'retrieve, large form': { name: 'retrieve', args: { ...product, pk: '1' } },
  'update, large form': {
    name: 'update',
    // Its texts are such that a form gives them back as they are; those of odd keys are not.
    args: () => ({ ...product, pk: '4', data: { stock: nextStock() } }),
  },
  action: {
    name: 'action',
    args: { ...product, action_name: 'activate', pks: ['3', '4'] },
  },
};

/** Rounds of one call each where Django takes seconds. */
const slow = { 'list, 100 rows': 5, 'list, 1000 rows': 2 };

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const stockPages = async (ground, { quick }) => {
  const { shop, session, wires, gateways } = ground;
  const { 'list, 1000 rows': long, ...shorter } = stockCalls;
  const calls = quick ? shorter : { ...shorter, 'list, 1000 rows': long };
  const recorded = await record({ adminUrl: shop.adminUrl, session, upstream: 'stock', calls });
  if (!quick) await warmUp(ground, 'stock');
  const ratios = [];
  const rows = [];
  for (const [what, call] of Object.entries(calls)) {
    const exchanges = recorded[what];
    const measured = await inTurns(
      [
        {
          name: 'gateway',
          pids: [gateways.stock.pid],
          run: () => askGateway(wires.stock, `stock, ${what}`, call, session),
        },
        { name: 'raw', run: () => sendAgain(wires.django, exchanges) },
      ],
      quick
        ? { rounds: 2, block: what in slow ? 1 : 3 }
        : { rounds: slow[what] ?? 12, block: what in slow ? 1 : 3 },
    );
    const [gateway, raw] = ['gateway', 'raw'].map((name) => measured.get(name));
    const cpu = gateway.cpuMs / gateway.calls;
    const ratio = median(gateway.ms) / median(raw.ms);
    const kb = sum(exchanges.map(({ answer }) => (answer.length * 0.75) / 1024));
    ratios.push(ratio);
    rows.push(
      rowOf({
        what: `stock ${what}`,
        figure: spread(gateway.ms, 'ms'),
        against: 'the same pages raw',
        other: spread(raw.ms, 'ms'),
        ratio,
        atMost: 1.1,
        note: `${exchanges.length} requests, ${kb.toFixed(0)} KB; gateway CPU ${short(cpu)} ms a call`,
      }),
    );
  }
  return [
    rowOf({
      what: 'stock: lists, form, update, action, wall time',
      figure: `${ratios.length} calls`,
      against: 'the same pages raw',
      ratio: geometricMean(ratios),
      atMost: 1.1,
      headline: true,
      note: 'geometric mean of the ratios below',
    }),
    ...rows,
  ];
};

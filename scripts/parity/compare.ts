import { createRestUpstream } from '../../src/rest/upstream.ts';
import { createStockUpstream } from '../../src/stock/upstream.ts';
import { startLive, stopLive } from '../../test/live/support/start-live.ts';
import type { DjangoSeries } from '../lib/shop.mjs';
import type { Case } from './case.ts';
import { judge } from './judge.ts';
import type { Observation } from './observation.ts';
import { extraKeys, pairsOf } from './pairs.ts';
import { readCases } from './read-cases.ts';
import { type Given, runCase, type Side } from './run-cases.ts';
import { writeCases } from './write-cases.ts';

export interface Comparison {
  readonly observations: readonly Observation[];
  /** Keys that only stock has: `list results[].raw`. */
  readonly onlyOnStock: ReadonlySet<string>;
  /** Bodies that break the contract, and where. */
  readonly breaches: readonly string[];
  readonly calls: number;
}

const describe = ({ operation, user = 'admin', input }: Case, side: Side): string =>
  `${operation} ${JSON.stringify(typeof input === 'function' ? input(side.made) : input)} as ${user}`;

/** A status, or the reason for which the call was not made. */
const statusOf = ({ status, body }: Given): unknown =>
  status === 0 ? (body['error'] as { readonly code: unknown }).code : status;

const compareOne = async (each: Case, rest: Side, stock: Side) => {
  const call = describe(each, rest);
  const [theirs, ours] = [await runCase(each, rest), await runCase(each, stock)];
  const origin = { operation: each.operation, user: each.user ?? 'admin', call };
  const bodies =
    theirs.status === ours.status && theirs.status !== 0
      ? pairsOf(origin, theirs.body, ours.body)
      : [];
  const status = {
    ...origin,
    key: '(status)',
    type: null,
    stockType: null,
    rest: statusOf(theirs),
    stock: statusOf(ours),
  };
  return {
    observations: [status, ...bodies].map(judge),
    extra: bodies.length > 0 && ours.status < 300 ? extraKeys(theirs.body, ours.body) : [],
    breaches: [
      ...(theirs.breaks === '' ? [] : [`rest, ${call}: ${theirs.breaks}`]),
      ...(ours.breaks === '' ? [] : [`stock, ${call}: ${ours.breaks}`]),
    ],
  };
};

/** Runs every case on two equal shops, one for each upstream; stock's has nothing installed. */
export const compare = async (django: DjangoSeries): Promise<Comparison> => {
  const [withRest, plain] = await Promise.all([
    startLive(django, { extras: ['rest-api'], env: { SHOP_REST_API: '1' } }),
    startLive(django, {}),
  ]);
  const rest = { live: withRest, upstream: createRestUpstream(), made: new Map() };
  const stock = { live: plain, upstream: createStockUpstream(), made: new Map() };
  const observations: Observation[] = [];
  const onlyOnStock = new Set<string>();
  const breaches: string[] = [];
  const cases = [...readCases, ...writeCases];
  try {
    for (const each of cases) {
      const one = await compareOne(each, rest, stock);
      observations.push(...one.observations);
      breaches.push(...one.breaches);
      for (const key of one.extra) onlyOnStock.add(`${each.operation} ${key}`);
    }
  } finally {
    await stopLive(withRest);
    await stopLive(plain);
  }
  return { observations, onlyOnStock, breaches, calls: cases.length };
};

import type { DjangoSeries } from '../lib/shop.mjs';
import { compare } from './compare.ts';
import { renderDocument, renderReport } from './render.ts';
import { countOf, tally } from './tally.ts';

export interface ParityResult {
  readonly report: string;
  readonly document: string;
  readonly isSound: boolean;
}

export const runParity = async (django: DjangoSeries): Promise<ParityResult> => {
  const comparison = await compare(django);
  const results = tally(comparison.observations);
  return {
    report: renderReport(results, comparison),
    document: renderDocument(results, comparison),
    isSound: countOf(results, 'wrong') === 0 && comparison.breaches.length === 0,
  };
};

import { describe } from 'vitest';
import { describeShops, oneSeries } from '../support/live-shop.ts';
import { fieldTests } from './policy/fields.ts';
import { modelTests } from './policy/models.ts';
import { readOnlyTests } from './policy/read-only.ts';
import { rowTests } from './policy/rows.ts';

/** Hardly anything of it depends on Django: the newest long-term version unless told. */

await describeShops(
  'what the operator allows',
  { env: { SHOP_REST_API: '1' }, extras: ['rest-api'] },
  (live) => {
    describe.each(['stock', 'rest'] as const)('upstream %s', (kind) => {
      describe('a read-only gateway', () => readOnlyTests(live, kind));
      describe('a choice of models', () => modelTests(live, kind));
      describe('hidden fields', () => fieldTests(live, kind));
      describe('most rows', () => rowTests(live, kind));
    });
  },
  oneSeries,
);

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FormField } from '../../../../src/stock/pages/types/field.ts';
import { type Ask, exactTime } from '../../../../src/stock/write/exact-time.ts';

const field = (value: string): FormField => ({ name: 'at', value }) as FormField;

/** A database with one object, whose time it compares as text, as SQLite does. */
const databaseWith = (stored: string): { readonly ask: Ask; readonly asked: () => number } => {
  let count = 0;
  const padded = (text: string) => (text.includes('.') ? text : `${text}.000000`);
  const holds = (lookup: string, value: string): boolean => {
    if (lookup.endsWith('__gte')) return padded(stored) >= padded(value);
    if (lookup.endsWith('__lte')) return padded(stored) <= padded(value);
    return padded(stored) === padded(value);
  };
  return {
    ask: async (lookups) => {
      count += 1;
      return lookups.every(([name, value]) => holds(name, value));
    },
    asked: () => count,
  };
};

const micros = fc.integer({ min: 0, max: 999_999 }).map((n) => String(n).padStart(6, '0'));

it('finds any fraction of a second in 22 questions', () =>
  fc.assert(
    fc.asyncProperty(micros, async (fraction) => {
      const { ask, asked } = databaseWith(`2024-01-17 23:59:59.${fraction}`);
      expect(await exactTime(field('2024-01-17T23:59:59'), ask)).toBe(`23:59:59.${fraction}`);
      expect(asked()).toBeLessThanOrEqual(22);
    }),
  ));

it('finds seconds too, where the page shows none', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 59 }), micros, async (second, fraction) => {
      const clock = `08:30:${String(second).padStart(2, '0')}.${fraction}`;
      expect(await exactTime(field('08:30:00'), databaseWith(clock).ask)).toBe(clock);
    }),
  ));

it('finds nothing where the stored time is not the one shown', async () => {
  expect(await exactTime(field('08:30:01'), databaseWith('08:31:00.5').ask)).toBeUndefined();
  expect(await exactTime(field('soon'), databaseWith('08:31:00.5').ask)).toBeUndefined();
  expect(await exactTime(field('08:30:01'), async () => undefined)).toBeUndefined();
});

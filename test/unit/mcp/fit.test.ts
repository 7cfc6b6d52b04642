import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBody } from '../../../src/mcp/fit.ts';

const page = (rows: number, size: number) => ({
  page: 1,
  page_size: rows,
  total: 1000,
  results: Array.from({ length: rows }, (_, index) => ({
    pk: String(index),
    text: 'x'.repeat(size),
  })),
});

describe('cutting a result', () => {
  it('leaves a body that fits as it is', () => {
    const body = page(3, 10);
    expect(fitBody(body, 10_000)).toBe(body);
  });

  it('cuts a list at a row so that the rest can be asked for as whole pages', () => {
    const body = page(100, 500);
    const cut = fitBody(body, 30_000);
    expect(JSON.stringify(cut).length).toBeLessThanOrEqual(30_000);
    const shown = (cut['results'] as unknown[]).length;
    expect(100 % shown).toBe(0);
    expect(cut['truncated']).toEqual([
      {
        at: '/results',
        shown,
        of: 100,
        hint: `The rest: call again with page_size ${shown} and page 2.`,
      },
    ]);
    expect(body.results).toHaveLength(100);
  });

  it('names the next page of a later page, too', () => {
    const cut = fitBody({ ...page(100, 500), page: 3 }, 30_000);
    const shown = (cut['results'] as unknown[]).length;
    expect(JSON.stringify(cut['truncated'])).toContain(`page ${(2 * 100) / shown + 2}.`);
  });

  it('shortens a text that is too long by itself', () => {
    const cut = fitBody({ value: 'y'.repeat(100_000) }, 10_000);
    expect(JSON.stringify(cut).length).toBeLessThan(10_000);
    expect(cut['value']).toContain('100000 characters, cut');
  });

  it('cuts the largest list, wherever it is', () => {
    const cut = fitBody(
      { fields: [{ name: 'a' }], inlines: [{ rows: page(200, 300).results }] },
      20_000,
    );
    expect(cut['fields']).toEqual([{ name: 'a' }]);
    expect(cut['truncated']).toMatchObject([{ at: '/inlines/0/rows', of: 200 }]);
  });

  it('keeps every row it shows whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ pk: fc.string(), n: fc.integer() }), { maxLength: 200 }),
        fc.integer({ min: 2_000, max: 5_000 }),
        (results, limit) => {
          const cut = fitBody({ page: 1, page_size: 200, results }, limit);
          expect(JSON.stringify(cut).length).toBeLessThanOrEqual(limit);
          expect(results.slice(0, (cut['results'] as unknown[]).length)).toEqual(cut['results']);
        },
      ),
    );
  });
});

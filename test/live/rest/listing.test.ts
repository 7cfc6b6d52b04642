import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { callAs, codeOf, describeRest, rowsOf } from './rest-shop.ts';

const product = { app_label: 'catalog', model_name: 'product' };
const category = { app_label: 'catalog', model_name: 'category' };

await describeRest('listing', (live, django) => {
  const call = callAs(live);

  test('searches, orders, filters and pages, and says that it did', async () => {
    const { body } = await call('list', {
      ...category,
      search: 'a',
      ordering: '-name, position',
      is_visible: true,
      page: 1,
      page_size: 2,
    });
    expect(body['applied']).toEqual({
      search: 'a',
      ordering: '-name, position',
      filters: { is_visible: true },
      page: 1,
      page_size: 2,
    });
    const names = (body['results'] as { label: string }[]).map(({ label }) => label);
    expect(names).toEqual([...names].sort().reverse());
    expect(body['num_pages']).toBe(Math.ceil(Number(body['total']) / 2));
  });

  test('counts what the database counts for each kind of filter', async () => {
    const cases: readonly [JsonObject, JsonObject][] = [
      [{ status: 'active' }, { status: 'active' }],
      [{ is_active: false }, { is_active: false }],
      [{ is_fragile: 'no' }, { is_fragile: false }],
      [{ category: 2 }, { category: 2 }],
      [{ supplier__country: 'DE' }, { supplier__country: 'DE' }],
      [
        { status: 'active', is_active: true },
        { status: 'active', is_active: true },
      ],
    ];
    for (const [filters, where] of cases) {
      const { body } = await call('list', { ...product, filters });
      const rows = await rowsOf(live, 'catalog.product', where);
      expect([filters, body['total']]).toEqual([filters, rows.length]);
    }
  });

  test('applies a filter that the project wrote, or says that it did not', async () => {
    const lowest = await call('list', { ...product, band: 'low' });
    const rows = await rowsOf(live, 'catalog.product', { price__lt: 50 });
    if (django === '4.2') expect([lowest.status, codeOf(lowest)]).toEqual([422, 'unsupported']);
    else expect(lowest.body['total']).toBe(rows.length);
  });

  test('drills down the date hierarchy', async () => {
    const { body } = await call('list', product);
    const hierarchy = body['date_hierarchy'] as { buckets: { value: number; count: number }[] };
    const [bucket] = hierarchy.buckets;
    const narrowed = await call('list', { ...product, year: bucket?.value ?? 0 });
    expect(narrowed.body['total']).toBe(bucket?.count);
    expect(codeOf(await call('list', { ...product, month: 3 }))).toBe('invalid_filter_value');
    expect(codeOf(await call('list', { ...product, year: 'x' }))).toBe('invalid_filter_value');
    expect(codeOf(await call('list', { ...category, year: 2024 }))).toBe('unknown_filter');
  });

  test.each([
    ['a typing error', { statsu: 'active' }],
    ["the admin's own lookup", { status__exact: 'active' }],
    ['a lookup over a relation', { category__id__exact: 1 }],
    ['a range', { released_on__gte: '2024-01-01' }],
    ['a filter by emptiness', { description__isempty: 1 }],
    ['a filter by all values', { origin: 'Sweden' }],
    ['a many-to-many filter', { tags: 1 }],
    ['the show-all flag', { all: '1' }],
  ])('refuses %s instead of showing the whole table', async (_, filters) => {
    const answer = await call('list', { ...product, filters });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'unknown_filter']);
  });

  test.each([
    ['a boolean that is none', { is_active: 'maybe' }],
    ['the label of a choice', { status: 'On sale' }],
    ['a value that a custom filter does not offer', { band: 'cheap' }],
    ['several values', { status: ['draft', 'active'] }],
    ['nothing', { status: '' }],
    ['a date that is none', { released_on: 'yesterday' }],
  ])('refuses %s as the value of a filter', async (_, filters) => {
    const answer = await call('list', { ...product, filters });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid_filter_value']);
  });

  test('names the nearest filter and the nearest column', async () => {
    const error = async (input: JsonObject) =>
      (await call('list', { ...product, ...input })).body['error'] as JsonObject;
    expect((await error({ is_activ: true }))['message']).toContain('"is_active"');
    expect((await error({ ordering: 'pirce' }))['message']).toContain('"price"');
  });

  test.each(['nothing', 'price,nothing', '--price', '-', 'price,,name', '?'])(
    'refuses the ordering "%s"',
    async (ordering) => {
      const answer = await call('list', { ...product, ordering });
      expect([answer.status, codeOf(answer)]).toEqual([400, 'unknown_ordering']);
    },
  );

  test('says that a computed column cannot be ordered by here', async () => {
    for (const ordering of ['in_stock', '-name,margin']) {
      const answer = await call('list', { ...product, ordering });
      expect([answer.status, codeOf(answer)]).toEqual([422, 'unsupported']);
    }
  });

  test('refuses columns that sortable_by leaves out', async () => {
    const supplier = { app_label: 'catalog', model_name: 'supplier' };
    expect((await call('list', { ...supplier, ordering: '-rating' })).status).toBe(200);
    expect(codeOf(await call('list', { ...supplier, ordering: 'email' }))).toBe('unknown_ordering');
  });

  test('refuses a search where the admin has none', async () => {
    const answer = await call('list', { app_label: 'ops', model_name: 'feedback', search: 'x' });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'search_unavailable']);
  });

  test('refuses pages beyond the last', async () => {
    const { body } = await call('list', { ...product, page_size: 10 });
    const last = Number(body['num_pages']);
    expect((await call('list', { ...product, page_size: 10, page: last })).status).toBe(200);
    for (const page of [last + 1, Number.MAX_SAFE_INTEGER]) {
      const answer = await call('list', { ...product, page_size: 10, page });
      expect([answer.status, codeOf(answer)]).toEqual([404, 'page_out_of_range']);
    }
    const empty = await call('list', { ...product, search: 'no such thing at all' });
    expect([empty.status, empty.body['total']]).toEqual([200, 0]);
  });
});

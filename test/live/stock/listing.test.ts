import { expect, it } from 'vitest';
import { describeShops } from '../support/live-shop.ts';
import { at, bare, list, stockOf } from './stock-shop.ts';

const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };

await describeShops('stock: listing', bare, (live, django) => {
  const { ok, refused, rows } = stockOf(live);
  const keys = (body: unknown) => list(body, 'results').map(({ pk }) => pk);

  it('types the cells of a list as the database has them', async () => {
    const body = await ok('admin', 'list', { ...product, page_size: 48 });
    const stored = await rows('catalog.product', {}, [
      'id',
      'name',
      'price',
      'stock',
      'released_on',
      'is_fragile',
      'available_from',
      'category',
    ]);
    expect(body).toMatchObject({
      total: 48,
      full_count: 48,
      page_size: 48,
      num_pages: 1,
      empty_value_display: '(empty)',
    });
    expect(keys(body)).toHaveLength(48);
    for (const row of list(body, 'results')) {
      const own = stored.find(({ id }) => id === row['pk']);
      expect(row['fields']).toMatchObject({
        name: String(own?.['name']).trim(),
        price: own?.['price'],
        stock: own?.['stock'],
        released_on: own?.['released_on'],
        is_fragile: own?.['is_fragile'],
        category: { id: own?.['category'] },
      });
      const from = own?.['available_from'];
      expect(at(row, 'fields', 'available_from')).toBe(
        from === null ? null : String(from).slice(0, 16),
      );
    }
  });

  it('makes pages of any size from the pages of the admin', async () => {
    const all = keys(await ok('admin', 'list', { ...product, page_size: 200 }));
    expect(all).toHaveLength(48);
    for (const size of [1, 7, 19, 20, 21, 45]) {
      const pages = Math.ceil(48 / size);
      const last = await ok('admin', 'list', { ...product, page_size: size, page: pages });
      expect(last).toMatchObject({ page: pages, page_size: size, num_pages: pages, total: 48 });
      expect(keys(last)).toEqual(all.slice((pages - 1) * size));
      const second =
        pages > 1 ? await ok('admin', 'list', { ...product, page_size: size, page: 2 }) : undefined;
      if (second !== undefined) expect(keys(second)).toEqual(all.slice(size, 2 * size));
    }
  });

  it('refuses a page beyond the end', async () => {
    for (const args of [{ page: 4 }, { page: 3, page_size: 30 }, { page: 9, page_size: 200 }])
      expect(await refused('admin', 'list', { ...product, ...args })).toMatchObject({
        status: 400,
        error: { total: 48 },
      });
    const empty = await ok('admin', 'list', { ...product, search: 'no such thing' });
    expect(empty).toMatchObject({ total: 0, results: [] });
  });

  it('orders by column names and refuses others', async () => {
    const body = await ok('admin', 'list', { ...product, ordering: '-price,name', page_size: 48 });
    const prices = list(body, 'results').map((row) => Number(at(row, 'fields', 'price')));
    expect(prices).toEqual([...prices].sort((a, b) => b - a));
    expect(body['applied']).toMatchObject({ ordering: '-price,name' });
    const typo = await refused('admin', 'list', { ...product, ordering: 'prise' });
    expect(typo).toMatchObject({ status: 400 });
    expect(typo.error['message']).toContain('"price"');
    expect(await refused('admin', 'list', { ...product, ordering: 'badge' })).toMatchObject({
      status: 400,
    });
  });

  it('filters by contract name, native name, label, several values and any field', async () => {
    const count = async (filters: object) =>
      (await ok('admin', 'list', { ...product, ...filters, page_size: 200 }))['total'];
    const stored = await rows('catalog.product', {}, [
      'status',
      'is_active',
      'is_fragile',
      'category',
      'price',
      'supplier',
      'description',
      'released_on',
      'season',
      'origin',
    ]);
    const having = (test: (row: (typeof stored)[number]) => boolean) => stored.filter(test).length;
    const drafts = having(({ status }) => status === 'draft');
    expect(await count({ status: 'draft' })).toBe(drafts);
    expect(await count({ status__exact: 'draft' })).toBe(drafts);
    expect(await count({ filters: { status: 'Draft' } })).toBe(drafts);
    expect(await count({ status: ['draft', 'retired'] })).toBe(
      having(({ status }) => status !== 'active'),
    );
    expect(await count({ is_active: false })).toBe(having(({ is_active }) => is_active === false));
    expect(await count({ is_active: 'true' })).toBe(having(({ is_active }) => is_active === true));
    expect(await count({ is_fragile: 'Unknown' })).toBe(
      having(({ is_fragile }) => is_fragile === null),
    );
    expect(await count({ category: 2 })).toBe(having(({ category }) => category === 2));
    expect(await count({ category: [2, 3] })).toBe(
      having(({ category }) => category === 2 || category === 3),
    );
    expect(await count({ supplier__isnull: true })).toBe(
      having(({ supplier }) => supplier === null),
    );
    expect(await count({ price__gte: 500 })).toBe(having(({ price }) => Number(price) >= 500));
    expect(await count({ description: 'Empty' })).toBe(
      having(({ description }) => description === ''),
    );
    expect(await count({ band: 'low' })).toBe(having(({ price }) => Number(price) < 50));
    expect(await count({ origin: 'Italy' })).toBe(having(({ origin }) => origin === 'Italy'));
    expect(await count({ season: 'summer' })).toBe(having(({ season }) => season === 'summer'));
    expect(await count({ released_on: '2024-01-17' })).toBe(
      having(({ released_on }) => released_on === '2024-01-17'),
    );
    expect(await count({ year: 2024 })).toBe(
      having(({ released_on }) => String(released_on).startsWith('2024')),
    );
    expect(await count({ supplier__country: 'DE' })).toBeGreaterThanOrEqual(0);
    expect(await count({ tags: 1 })).toBeGreaterThan(0);
  });

  it('counts the choices of filters where Django does, and says where it does not', async () => {
    const call = { ...product, facets: true, page_size: 1 };
    if (django === '4.2') {
      expect(await refused('admin', 'list', call)).toMatchObject({ status: 400 });
      return;
    }
    const body = await ok('admin', 'list', call);
    const status = list(body, 'filters').find(({ name }) => name === 'status');
    for (const choice of list(status, 'choices')) {
      if (choice['value'] === null || choice['value'] === '') continue;
      const stored = await rows('catalog.product', { status: choice['value'] ?? null }, ['sku']);
      expect(choice).toMatchObject({ count: stored.length });
    }
    expect(body['total']).toBe(48);
    expect(body['full_count']).toBe(48);
  });

  it('never ignores a filter', async () => {
    const typo = await refused('admin', 'list', { ...product, statsu: 'draft' });
    expect(typo).toMatchObject({ status: 400 });
    expect(typo.error['message']).toContain('"status"');
    expect(await refused('admin', 'list', { ...product, category: 'oak' })).toMatchObject({
      status: 400,
    });
    expect(await refused('admin', 'list', { ...product, filters: { p: 2 } })).toMatchObject({
      status: 400,
    });
    expect(
      await refused('admin', 'list', { ...product, filters: { supplier__email__startswith: 'a' } }),
    ).toMatchObject({ status: 400 });
  });

  it('searches, and refuses where there is no search box', async () => {
    const body = await ok('admin', 'list', { ...product, search: 'lamp' });
    expect(body).toMatchObject({ full_count: 48, applied: { search: 'lamp' } });
    expect(Number(body['total'])).toBeLessThan(48);
    expect(
      await refused('admin', 'list', { app_label: 'sales', model_name: 'campaign', search: 'x' }),
    ).toMatchObject({ status: 400 });
  });

  it('shows editable cells with their raw value', async () => {
    const body = await ok('admin', 'list', { ...order, page_size: 2 });
    expect(
      list(body, 'columns')
        .filter(({ editable }) => editable)
        .map(({ name }) => name),
    ).toEqual(['status', 'priority', 'is_paid']);
    const [first] = list(body, 'results');
    expect(Object.keys(at(first, 'raw') as object)).toEqual(['status', 'priority', 'is_paid']);
    const [stored] = await rows('sales.order', { pk: first?.['pk'] ?? 0 }, [
      'status',
      'is_paid',
      'priority',
    ]);
    expect(first?.['raw']).toMatchObject({
      status: stored?.['status'],
      is_paid: stored?.['is_paid'],
    });
    expect(body).toMatchObject({ pk_field: 'id', permissions: { change: true } });
  });

  it('walks down the date hierarchy', async () => {
    const top = await ok('admin', 'list', order);
    const [year] = list(top, 'date_hierarchy', 'buckets');
    const below = await ok('admin', 'list', { ...order, year: year?.['value'] ?? 0 });
    expect(below).toMatchObject({
      date_hierarchy: { field: 'placed_at', active: { year: year?.['value'] } },
    });
    const buckets = list(below, 'date_hierarchy', 'buckets');
    expect(buckets.every(({ value }) => Number(value) >= 1 && Number(value) <= 12)).toBe(true);
  });

  it('says that a list shows no keys', async () => {
    const body = await ok('admin', 'list', { app_label: 'ops', model_name: 'auditrecord' });
    expect(keys(body).every((pk) => pk === null)).toBe(true);
    expect(JSON.stringify(body['notes'])).toContain('results.pk');
    expect(body['actions']).toEqual([]);
  });

  it('gives each user the rows and rights of that user', async () => {
    const quotes = { app_label: 'sales', model_name: 'quote' };
    const clerk = keys(await ok('clerk', 'list', quotes)).map(Number);
    const admin = keys(await ok('admin', 'list', quotes)).map(Number);
    expect(clerk.every((pk) => pk % 2 === 1)).toBe(true);
    expect(clerk).not.toEqual(admin);
    const seen = await ok('viewer', 'list', product);
    expect(seen).toMatchObject({ permissions: { view: true, add: false, change: false } });
    expect(at(seen, 'results', 0, 'fields', 'price')).toBeTruthy();
  });
});

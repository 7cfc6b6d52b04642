import { at, type Check, type Ground, listAt, ref, same } from './ground.ts';

const keys = (body: unknown): unknown[] => listAt(body, 'results').map((row) => at(row, 'pk'));

const keysInDatabase = async (
  { rows }: Ground,
  model: string,
  query: Parameters<Ground['rows']>[1],
): Promise<unknown[]> => (await rows(model, query)).map((row) => row['id']);

/** Length of an ISO time without its seconds. */
const minutes = 16;

/** Cells of a product beside its row; lists show times to the minute. */
const sameCells = (cells: unknown, row: Readonly<Record<string, unknown>>): void => {
  same(at(cells, 'sku'), row['sku'], 'sku');
  same(at(cells, 'price'), row['price'], `price of ${row['sku']}`);
  same(at(cells, 'stock'), row['stock'], `stock of ${row['sku']}`);
  same(at(cells, 'is_active'), row['is_active'], `is_active of ${row['sku']}`);
  same(at(cells, 'is_fragile'), row['is_fragile'], `is_fragile of ${row['sku']}`);
  if (row['released_on'] !== null)
    same(at(cells, 'released_on'), row['released_on'], `released_on of ${row['sku']}`);
  if (row['available_from'] !== null)
    same(
      at(cells, 'available_from'),
      String(row['available_from']).slice(0, minutes),
      `available_from of ${row['sku']}`,
    );
};

export const listChecks: readonly Check[] = [
  {
    name: 'list: rows, cells and total',
    run: async (ground) => {
      const body = await ground.call('list', ref('catalog.product'));
      const rows = await ground.rows('catalog.product', { order_by: ['sku'], limit: 20 });
      same(
        keys(body),
        rows.map((row) => row['id']),
        'keys',
      );
      same(body['total'], 48, 'total');
      rows.forEach((row, i) => {
        sameCells(at(listAt(body, 'results')[i], 'fields'), row);
      });
    },
  },
  {
    name: 'list: search, order and page size',
    run: async (ground) => {
      const input = { search: 'oak', ordering: '-price', page_size: 5 };
      const body = await ground.call('list', { ...ref('catalog.product'), ...input });
      const query = { filter: { name__icontains: 'oak' }, order_by: ['-price', '-pk'] };
      const wanted = await keysInDatabase(ground, 'catalog.product', query);
      same(keys(body), wanted.slice(0, 5), 'keys');
      same(body['total'], wanted.length, 'total');
    },
  },
  {
    name: 'list: filters, and a page that crosses those of the admin',
    run: async (ground) => {
      const input = { filters: { status: 'active', is_active: true }, page_size: 15, page: 2 };
      const body = await ground.call('list', { ...ref('catalog.product'), ...input });
      const query = { filter: { status: 'active', is_active: true }, order_by: ['sku'] };
      const wanted = await keysInDatabase(ground, 'catalog.product', query);
      same(keys(body), wanted.slice(15, 30), 'keys');
    },
  },
  {
    name: 'list: an unknown filter is an error',
    run: async ({ answer }) => {
      const input = { ...ref('catalog.product'), filters: { no_such_filter: 'x' } };
      const { status } = await answer('list', input).catch(() => ({ status: 400 }));
      same(status, 400, 'status');
    },
  },
  {
    name: 'list: editable columns, times and big tables',
    run: async (ground) => {
      const orders = await ground.call('list', { ...ref('sales.order'), ordering: 'number' });
      const rows = await ground.rows('sales.order', { order_by: ['number', '-pk'], limit: 25 });
      same(
        keys(orders),
        rows.map((row) => row['id']),
        'keys',
      );
      rows.forEach((row, i) => {
        const cells = at(listAt(orders, 'results')[i], 'fields');
        same(at(cells, 'priority'), row['priority'], `priority of ${row['number']}`);
        same(at(cells, 'is_paid'), row['is_paid'], `is_paid of ${row['number']}`);
        const placed = String(row['placed_at']);
        same(
          String(at(cells, 'placed_at')).slice(0, minutes),
          placed.slice(0, minutes),
          `placed_at of ${row['number']}`,
        );
      });
      const events = await ground.call('list', { ...ref('ops.event'), page: 2 });
      same(listAt(events, 'results').length, 100, 'events on page 2');
    },
  },
];

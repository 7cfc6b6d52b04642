import { expect, it } from 'vitest';
import { describeShops } from '../support/live-shop.ts';
import { bare, stockOf } from './stock-shop.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };

await describeShops('stock: requests on the wire', bare, (live) => {
  const { cold, ok, run } = stockOf(live);
  const warm = async (...call: Parameters<typeof run>) => (await run(...call)).requests.length;

  it('stays within the budget of each operation, with nothing remembered', async () => {
    await ok('admin', 'registry', {});
    expect(await cold('admin', 'registry', {})).toBe(1);
    expect(await cold('admin', 'schema', {})).toBe(0);
    expect(await cold('admin', 'recent_actions', {})).toBe(1);
    expect(await cold('admin', 'retrieve', { ...product, pk: 1 })).toBe(1);
    expect(await cold('admin', 'add_form', product)).toBe(1);
    expect(await cold('admin', 'form_spec', { ...product, pk: 1 })).toBe(1);
    expect(await cold('admin', 'delete_preview', { ...order, pk: 20 })).toBe(1);
    expect(await cold('admin', 'autocomplete', { ...product, q: 'oak' })).toBe(1);
    expect(
      await cold('admin', 'panel', {
        app_label: 'sales',
        model_name: 'campaign',
        pk: 1,
        panel_name: 'report',
      }),
    ).toBe(1);
    // The page, and once for each site and model: formats and types.
    expect(await cold('admin', 'list', product)).toBe(3);
    expect(await cold('admin', 'history', { ...order, pk: 1, page_size: 10 })).toBe(2);
  });

  it('stays within it for writes', async () => {
    expect(await cold('admin', 'create', { ...tag, data: { name: 'tin', slug: 'tin' } })).toBe(3);
    expect(await cold('admin', 'update', { ...tag, pk: 2, data: { name: 'pine wood' } })).toBe(3);
    expect(await cold('admin', 'form_submit', { ...tag, pk: 2, data: { name: 'pine' } })).toBe(3);
    expect(
      await cold('admin', 'bulk_update', { ...order, pks: [10, 11], data: { status: 'sent' } }),
    ).toBe(2);
    expect(await cold('admin', 'action', { ...product, action_name: 'activate', pks: [2] })).toBe(
      2,
    );
    expect(
      await cold('admin', 'action', {
        ...product,
        action_name: 'discount',
        pks: [2],
        confirmed: true,
        inputs: { percent: 1 },
      }),
    ).toBe(3);
    expect(await cold('admin', 'destroy', { ...tag, pk: 3 })).toBe(2);
    expect(
      await cold('admin', 'set_password', {
        app_label: 'auth',
        model_name: 'user',
        pk: 5,
        password: 'a-Long-1-pass',
      }),
    ).toBe(2);
    // Product 4 has no time that could lose its microseconds, but blank texts, and once for each
    // model the list is asked whether one is NULL in any row.
    expect(await cold('admin', 'update', { ...product, pk: 4, data: { stock: 777 } })).toBe(4);
    expect(await warm('admin', 'update', { ...product, pk: 4, data: { stock: 776 } })).toBe(4);
    expect(await warm('admin', 'update', { ...product, pk: 4, data: { stock: 775 } })).toBe(3);
    // Where one is, once more for each update: is it NULL in this row?
    const channel = { app_label: 'sales', model_name: 'channel', pk: 2 };
    await ok('admin', 'update', { ...channel, data: { name: 'Town store' } });
    expect(await warm('admin', 'update', { ...channel, data: { name: 'Old Town' } })).toBe(4);
    // The same in bulk, where a blank text stands in the list: once for all objects together.
    const promotions = { app_label: 'sales', model_name: 'promotion', pks: [1] };
    await ok('admin', 'bulk_update', { ...promotions, data: { percent: 11 } });
    expect(await warm('admin', 'bulk_update', { ...promotions, data: { percent: 12 } })).toBe(3);
  });

  it('needs one request for a list once its shape is known', async () => {
    await ok('admin', 'list', product);
    expect(await warm('admin', 'list', product)).toBe(1);
    expect(
      await warm('admin', 'list', { ...product, status: 'draft', ordering: '-price', search: 'o' }),
    ).toBe(1);
    expect(await warm('admin', 'list', { ...product, page: 2, page_size: 20 })).toBe(1);
    expect(await warm('admin', 'list', { ...product, page: 2, page_size: 15 })).toBe(2);
    expect(await warm('admin', 'history', { ...order, pk: 1, page_size: 10 })).toBe(1);
  });

  it('remembers nothing of one user for another', async () => {
    await ok('admin', 'list', order);
    expect(await warm('clerk', 'list', order)).toBeGreaterThan(1);
    expect(await warm('admin', 'list', order)).toBe(1);
  });
});

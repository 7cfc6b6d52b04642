import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { describeShops } from '../support/live-shop.ts';
import { at, bare, list, stockOf } from './stock-shop.ts';

const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };
const specimen = { app_label: 'lab', model_name: 'specimen' };

await describeShops('stock: deleting, bulk changes, actions, passwords', bare, (live, django) => {
  const { ok, refused, rows, run } = stockOf(live);

  it('deletes an object and says what went with it', async () => {
    const body = await ok('admin', 'destroy', { ...order, pk: 40 });
    expect(body).toMatchObject({ deleted: true, object: { pk: 40, label: 'SO-2024040' } });
    expect(list(body, 'cascade')[0]).toEqual({ model: 'Orders', count: 1 });
    expect(await rows('sales.order', { pk: 40 }, ['id'])).toEqual([]);
    expect(await refused('admin', 'destroy', { ...order, pk: 40 })).toMatchObject({ status: 404 });
  });

  it('refuses a deletion that is protected, or for which a right is missing', async () => {
    expect(await refused('admin', 'destroy', { ...order, pk: 1 })).toMatchObject({
      status: 409,
      code: 'protected',
      error: { protected: ['Invoice: INV-0001'] },
    });
    expect(await refused('clerk', 'destroy', { ...order, pk: 41 })).toMatchObject({
      status: 403,
      error: { perms_needed: ['order line'] },
    });
    expect(
      await refused('admin', 'destroy', { app_label: 'ops', model_name: 'shopsettings', pk: 1 }),
    ).toMatchObject({ status: 403 });
    expect(await rows('sales.order', { pk__in: [1, 41] }, ['id'])).toHaveLength(2);
  });

  it('changes many rows at once, or none', async () => {
    const before = await rows('sales.order', { pk__in: [50, 51, 52] }, [
      'status',
      'is_paid',
      'placed_at',
      'gift_message',
    ]);
    const body = await ok('admin', 'bulk_update', {
      ...order,
      pks: [50, 51, 52],
      data: { status: 'sent', is_paid: false },
    });
    expect(body['summary']).toEqual({ accepted: 3, rejected: 0 });
    const after = await rows('sales.order', { pk__in: [50, 51, 52] }, [
      'status',
      'is_paid',
      'placed_at',
      'gift_message',
    ]);
    expect(after).toEqual(before.map((row) => ({ ...row, status: 'sent', is_paid: false })));
    const some = await run('admin', 'bulk_update', {
      ...order,
      pks: [50, 99999],
      data: { status: 'new' },
    });
    expect(some.answer).toMatchObject({
      status: 400,
      body: {
        results: [
          { pk: 50, ok: false, rolled_back: true },
          { pk: 99999, ok: false, error: { code: 'not_found' } },
        ],
        summary: { accepted: 0, rejected: 2 },
      },
    });
    expect(some.requests.every(({ method }) => method === 'GET')).toBe(true);
    const other = await run('admin', 'bulk_update', { ...order, pks: [50], data: { number: 'x' } });
    expect(other.answer).toMatchObject({
      status: 400,
      body: { results: [{ ok: false, error: { code: 'bad_request' } }] },
    });
    expect(await rows('sales.order', { pk__in: [50, 51, 52] }, ['status'])).toEqual(
      after.map(({ status }) => ({ status })),
    );
  });

  it('says which rows of a bulk change are invalid', async () => {
    const call = {
      app_label: 'catalog',
      model_name: 'category',
      pks: [1, 2],
      data: { position: -1 },
    };
    const { answer } = await run('admin', 'bulk_update', call);
    expect(answer.status).toBe(400);
    expect(list(answer.body, 'results')[0]).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', fields: { position: [expect.any(String)] } },
    });
  });

  it('runs an action on just the rows named, and on none when a key names no object', async () => {
    const stale = await refused('admin', 'action', {
      ...product,
      action_name: 'activate',
      pks: [3, 6, 999],
    });
    expect(stale).toMatchObject({ status: 404, error: { missing: [999] } });
    expect(
      await ok('admin', 'action', { ...product, action_name: 'activate', pks: [3, 6] }),
    ).toMatchObject({
      executed: true,
      pks: [3, 6],
      messages: [{ level: 'success', message: expect.stringContaining('2 products') }],
    });
    expect(await rows('catalog.product', { pk__in: [3, 6] }, ['status'])).toEqual([
      { status: 'active' },
      { status: 'active' },
    ]);
  });

  it('runs an action on everything that search and filters match', async () => {
    const across = {
      ...order,
      action_name: 'mark_paid',
      select_across: true,
      filters: { status: 'new' },
    };
    const unpaid = (filter: JsonObject) =>
      rows('sales.order', { is_paid: false, ...filter }, ['number']);
    const wanted = await rows('sales.order', { status: 'new' }, ['number']);
    const others = (await unpaid({})).length - (await unpaid({ status: 'new' })).length;
    expect(await unpaid({ status: 'new' })).not.toEqual([]);
    expect(others).toBeGreaterThan(0);
    expect(await ok('admin', 'action', across)).toMatchObject({
      executed: true,
      matched: wanted.length,
    });
    expect(await unpaid({ status: 'new' })).toEqual([]);
    expect(await unpaid({})).toHaveLength(others);

    expect(
      await refused('admin', 'action', { ...across, filters: { statsu: 'new' } }),
    ).toMatchObject({ status: 400 });
    expect(
      await refused('admin', 'action', { ...across, filters: {}, search: 'no such' }),
    ).toMatchObject({ status: 404 });
  });

  it('asks before it deletes everything that matches, and then deletes just that', async () => {
    const across = {
      app_label: 'catalog',
      model_name: 'review',
      action_name: 'delete_selected',
      select_across: true,
      filters: { rating: 1 },
    };
    const all = await rows('catalog.review', {}, ['author']);
    const matching = await rows('catalog.review', { rating: 1 }, ['author']);
    expect(matching.length).toBeGreaterThan(0);
    expect(await ok('admin', 'action', across)).toMatchObject({
      executed: false,
      confirmation_required: true,
      matched: matching.length,
    });
    expect(await rows('catalog.review', {}, ['author'])).toHaveLength(all.length);
    expect(await ok('admin', 'action', { ...across, confirmed: true })).toMatchObject({
      executed: true,
    });
    expect(await rows('catalog.review', { rating: 1 }, ['author'])).toEqual([]);
    expect(await rows('catalog.review', {}, ['author'])).toHaveLength(all.length - matching.length);
  });

  it('knows the actions of each user, and the nearest name', async () => {
    const typo = await refused('admin', 'action', { ...product, action_name: 'activte', pks: [3] });
    expect(typo).toMatchObject({ status: 404 });
    expect(typo.error['message']).toContain('"activate"');
    expect(
      await refused('clerk', 'action', { ...product, action_name: 'publish', pks: [3] }),
    ).toMatchObject({ status: 404 });
    expect(
      await ok('viewer', 'action', { ...product, action_name: 'export_csv', pks: [3] }),
    ).toMatchObject({ executed: true });
  });

  it('shows the page that an action puts in between, and sends it filled in', async () => {
    const [before] = await rows('catalog.product', { pk: 8 }, ['price']);
    const call = { ...product, action_name: 'discount', pks: [8] };
    const asks = await ok('admin', 'action', call);
    expect(asks).toMatchObject({ executed: false, confirmation_required: true });
    expect(list(asks, 'page', 'inputs').map(({ name }) => name)).toEqual(['percent', 'reason']);
    expect(await rows('catalog.product', { pk: 8 }, ['price'])).toEqual([before]);
    const wrong = await refused('admin', 'action', {
      ...call,
      confirmed: true,
      inputs: { percent: 99 },
    });
    expect(wrong).toMatchObject({
      status: 400,
      error: { fields: { percent: [expect.any(String)] } },
    });
    const stray = await refused('admin', 'action', {
      ...call,
      confirmed: true,
      inputs: { precent: 10 },
    });
    expect(stray).toMatchObject({ status: 400 });
    expect(
      await ok('admin', 'action', { ...call, confirmed: true, inputs: { percent: 50 } }),
    ).toMatchObject({ executed: true });
    const [after] = await rows('catalog.product', { pk: 8 }, ['price']);
    expect(Number(after?.['price'])).toBeCloseTo(Number(before?.['price']) / 2, 1);
  });

  it('deletes the selected only after the page was confirmed', async () => {
    const call = { ...order, action_name: 'delete_selected', pks: [44, 45] };
    const asks = await ok('admin', 'action', call);
    expect(asks).toMatchObject({ executed: false, confirmation: { can_delete: true } });
    expect(await rows('sales.order', { pk__in: [44, 45] }, ['id'])).toHaveLength(2);
    expect(await ok('admin', 'action', { ...call, confirmed: true })).toMatchObject({
      executed: true,
    });
    expect(await rows('sales.order', { pk__in: [44, 45] }, ['id'])).toEqual([]);
    expect(
      await refused('admin', 'action', { ...call, pks: [1, 46], confirmed: true }),
    ).toMatchObject({ status: 409 });
    expect(await refused('clerk', 'action', { ...call, pks: [46], confirmed: true })).toMatchObject(
      { status: 403 },
    );
    expect(await rows('sales.order', { pk__in: [1, 46] }, ['id'])).toHaveLength(2);
  });

  it('hands over files, redirects, warnings and every message', async () => {
    const { answer } = await run('admin', 'action', {
      ...product,
      action_name: 'export_csv',
      pks: [2, 3],
    });
    expect(answer.file).toMatchObject({ name: 'products.csv', mediaType: 'text/csv' });
    expect(
      Buffer.from(answer.file?.bytes ?? [])
        .toString()
        .trim()
        .split('\n'),
    ).toHaveLength(3);
    expect(
      await ok('admin', 'action', { ...order, action_name: 'open_campaigns', pks: [2] }),
    ).toMatchObject({ redirect: '/admin/sales/campaign/' });
    expect(
      await ok('admin', 'action', { ...order, action_name: 'check_addresses', pks: [2] }),
    ).toMatchObject({ messages: [{ level: 'warning' }] });
    const said = await ok('admin', 'action', {
      ...specimen,
      action_name: 'say_everything',
      pks: [1],
    });
    expect(list(said, 'messages').map(({ level }) => level)).toEqual([
      'info',
      'success',
      'warning',
      'error',
      'info',
    ]);
    const long = await ok('admin', 'action', { ...specimen, action_name: 'say_a_lot', pks: [1] });
    expect(JSON.stringify(long['notes'])).toContain('did not fit');
    expect(
      (await ok('admin', 'action', { ...order, action_name: 'open_campaigns', pks: [2] }))[
        'messages'
      ],
    ).toEqual([]);
  });

  it('claims nothing of an action that failed', async () => {
    await expect(
      run('admin', 'action', { ...specimen, action_name: 'raise_error', pks: [1] }),
    ).rejects.toMatchObject({ reason: 'unknown_outcome', details: { status: 500 } });
  });

  it('runs the actions of the change form, where Django has them', async () => {
    const shown = await ok('admin', 'retrieve', { ...order, pk: 47 });
    const names = list(shown, 'object_actions').map(({ name }) => name);
    expect(names.includes('mark_paid')).toBe(django === '6.1');
    expect(
      await ok('admin', 'action', { ...order, action_name: 'mark_paid', pks: [47] }),
    ).toMatchObject({ executed: true });
    expect(await rows('sales.order', { pk: 47 }, ['is_paid'])).toEqual([{ is_paid: true }]);
  });

  it('sets a password by the rules of the site, and keeps its own session', async () => {
    const user = { app_label: 'auth', model_name: 'user' };
    const weak = await refused('admin', 'set_password', { ...user, pk: 5, password: '123' });
    expect(weak).toMatchObject({
      status: 400,
      code: 'validation_failed',
      error: { fields: { password2: expect.any(Array) } },
    });
    expect(JSON.stringify(weak.error)).not.toContain('123"');
    const [before] = await rows('auth.user', { pk: 5 }, ['password']);
    expect(
      await ok('admin', 'set_password', { ...user, pk: 5, password: 'a-Long-1-pass' }),
    ).toMatchObject({ detail: 'Password set.', id: 5 });
    expect(await rows('auth.user', { pk: 5 }, ['password'])).not.toEqual([before]);
    expect(
      await ok('admin', 'set_password', { ...user, pk: 1, password: 'shop-demo-pass' }),
    ).toMatchObject({ id: 1 });
    expect(at(await ok('admin', 'registry', {}), 'user', 'is_staff')).toBe(true);
    expect(
      await refused('admin', 'set_password', { ...product, pk: 1, password: 'a-Long-1-pass' }),
    ).toMatchObject({ status: 404 });
    expect(
      await refused('admin', 'set_password', { ...user, pk: 999, password: 'a-Long-1-pass' }),
    ).toMatchObject({ status: 404 });
    expect(
      await refused('viewer', 'set_password', { ...user, pk: 5, password: 'a-Long-1-pass' }),
    ).toMatchObject({ status: 403 });
  });
});

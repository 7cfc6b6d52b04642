import { expect, test } from 'vitest';
import { callAs, codeOf, describeRest, digestOf, errorOf, rowsOf } from './rest-shop.ts';

const product = { app_label: 'catalog', model_name: 'product' };
const specimen = { app_label: 'lab', model_name: 'specimen' };

await describeRest('acting', (live) => {
  const call = callAs(live);

  test('runs an action on many rows and passes on its messages', async () => {
    const { body } = await call('action', { ...product, action_name: 'activate', pks: [3, 4] });
    expect(body).toMatchObject({
      executed: true,
      pks: ['3', '4'],
      messages: [{ level: 'success', message: '2 products put on sale.' }],
    });
    const rows = await rowsOf(live, 'catalog.product', { pk__in: [3, 4], status: 'active' });
    expect(rows).toHaveLength(2);
  });

  test('runs an action on a single object, and on no other number of them', async () => {
    const one = await call('action', { ...product, action_name: 'feature', pks: [5] });
    expect(one.body['executed']).toBe(true);
    const two = await call('action', { ...product, action_name: 'feature', pks: [5, 6] });
    expect([two.status, JSON.stringify(two.body)]).toEqual([
      400,
      expect.stringContaining('expected 1 key, got 2'),
    ]);
  });

  test('names the nearest action', async () => {
    const answer = await call('action', { ...product, action_name: 'activat', pks: [1] });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'unknown_action']);
    expect(JSON.stringify(answer.body)).toContain('\\"activate\\"');
  });

  test('runs nothing when a key names no object', async () => {
    const before = await digestOf(live);
    for (const pks of [[1, 999], ['abc']]) {
      const answer = await call('action', { ...product, action_name: 'activate', pks });
      expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found']);
    }
    const hidden = { app_label: 'sales', model_name: 'quote', action_name: 'delete_selected' };
    const other = await callAs(live, 'clerk')('action', { ...hidden, pks: [2], confirmed: true });
    expect(other.status).toBe(404);
    expect(await digestOf(live)).toEqual(before);
  });

  test('does not call an action done whose page or file it never saw', async () => {
    const before = await digestOf(live);
    for (const action_name of ['discount', 'export_csv']) {
      const { body } = await call('action', { ...product, action_name, pks: [1] });
      expect([body['executed'], body['note']]).toEqual([null, expect.stringContaining('stock')]);
    }
    expect(await digestOf(live)).toEqual(before);
    const away = await call('action', {
      app_label: 'sales',
      model_name: 'order',
      action_name: 'open_campaigns',
      pks: [1],
    });
    expect(away.body).toMatchObject({ executed: null, redirect: '/admin/sales/campaign/' });
  });

  test('refuses inputs for a page that it cannot fill in', async () => {
    const inputs = { percent: 10 };
    const error = await errorOf(
      call('action', { ...product, action_name: 'discount', pks: [1], inputs }),
    );
    expect(error.reason).toBe('unsupported');
  });

  test('says that an action that failed may have done something', async () => {
    const error = await errorOf(
      call('action', { ...specimen, action_name: 'raise_error', pks: [1] }),
    );
    expect(error.reason).toBe('unknown_outcome');
    expect(JSON.stringify(error)).not.toContain('always fails');
  });

  test('keeps messages of every level, and none of an earlier call', async () => {
    const all = await call('action', { ...specimen, action_name: 'say_everything', pks: [1] });
    expect(all.body['messages']).toHaveLength(5);
    const long = await call('action', { ...specimen, action_name: 'say_a_lot', pks: [1] });
    expect(long.body['messages']).toHaveLength(1);
  });

  test('passes on that Django refuses an action', async () => {
    const answer = await callAs(live, 'viewer')('action', {
      ...product,
      action_name: 'export_csv',
      pks: [1],
    });
    expect(answer.status).toBe(403);
  });

  test('sets a password by the rules of the site', async () => {
    const user = { app_label: 'auth', model_name: 'user', pk: 5 };
    const weak = await call('set_password', { ...user, password: '12345678' });
    expect([weak.status, codeOf(weak)]).toEqual([400, 'validation_failed']);
    const good = await call('set_password', { ...user, password: 'a good long one 7' });
    expect(good.body).toEqual({ detail: expect.any(String), id: 5 });
    expect(JSON.stringify(good)).not.toContain('a good long');
    const tag = { app_label: 'catalog', model_name: 'tag', pk: 1, password: 'a good long one 7' };
    expect((await call('set_password', tag)).status).toBe(404);
  });
});

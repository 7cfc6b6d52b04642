import { expect, test } from 'vitest';
import { callAs, codeOf, describeRest, digestOf, rowOf, rowsOf } from './rest-shop.ts';

const order = { app_label: 'sales', model_name: 'order' };

await describeRest('deleting', (live) => {
  const call = callAs(live);

  test('deletes with the cascade that the preview told', async () => {
    const { body: preview } = await call('delete_preview', { ...order, pk: 20 });
    const { status, body } = await call('destroy', { ...order, pk: 20 });
    expect([status, body]).toEqual([
      200,
      { deleted: true, object: preview['object'], cascade: preview['cascade'] },
    ]);
    expect(await rowOf(live, 'sales.order', 20)).toBeUndefined();
    expect(await rowsOf(live, 'sales.orderline', { order: 20 })).toEqual([]);
    expect((await call('destroy', { ...order, pk: 20 })).status).toBe(404);
  });

  test('refuses what is protected and what the user may not delete', async () => {
    const before = await digestOf(live);
    const blocked = await call('destroy', { ...order, pk: 1 });
    expect([blocked.status, codeOf(blocked)]).toEqual([409, 'protected']);
    const cascade = await callAs(live, 'clerk')('destroy', { ...order, pk: 21 });
    expect([cascade.status, cascade.body['error']]).toEqual([
      403,
      expect.objectContaining({ code: 'forbidden', perms_needed: ['order line'] }),
    ]);
    expect((await callAs(live, 'viewer')('destroy', { ...order, pk: 21 })).status).toBe(403);
    expect(await digestOf(live)).toEqual(before);
  });

  test('asks before it deletes selected rows, and then deletes them', async () => {
    const selected = { ...order, action_name: 'delete_selected', pks: [22, 23] };
    const before = await digestOf(live);
    const asked = await call('action', selected);
    expect(asked.body).toMatchObject({ executed: false, confirmation_required: true });
    expect(asked.body['confirmation']).toMatchObject({
      can_delete: true,
      cascade: expect.arrayContaining([{ model: 'orders', count: 2 }]),
    });
    expect(await digestOf(live)).toEqual(before);
    const done = await call('action', { ...selected, confirmed: true });
    expect(done.body).toMatchObject({ executed: true, pks: ['22', '23'] });
    expect(await rowsOf(live, 'sales.order', { pk__in: [22, 23] })).toEqual([]);
  });

  test('refuses to delete selected rows when one is protected or out of rights', async () => {
    const before = await digestOf(live);
    const selected = { ...order, action_name: 'delete_selected', confirmed: true };
    expect(codeOf(await call('action', { ...selected, pks: [1, 24] }))).toBe('protected');
    const clerk = await callAs(live, 'clerk')('action', { ...selected, pks: [24] });
    expect([clerk.status, codeOf(clerk)]).toEqual([403, 'forbidden']);
    expect(await digestOf(live)).toEqual(before);
  });
});

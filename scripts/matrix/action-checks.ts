import { at, type Check, listAt, ref, same } from './ground.ts';

const act = (model: string, action_name: string, pks: readonly number[]) => ({
  ...ref(model),
  action_name,
  pks: [...pks],
});

export const actionChecks: readonly Check[] = [
  {
    name: 'action: changes rows and says so',
    run: async ({ call, rows }) => {
      const body = await call('action', act('sales.order', 'mark_paid', [14, 15]));
      same(body['executed'], true, 'executed');
      same(at(body, 'messages', 0, 'message'), '2 orders marked as paid.', 'message');
      const paid = await rows('sales.order', { filter: { pk__in: [14, 15], is_paid: true } });
      same(paid.length, 2, 'paid orders');
    },
  },
  {
    name: 'action: asks on a page of its own, then runs',
    run: async ({ call, row }) => {
      const before = await row('catalog.product', 12);
      const asked = await call('action', act('catalog.product', 'discount', [12]));
      same([asked['executed'], asked['confirmation_required']], [false, true], 'first step');
      same(await row('catalog.product', 12), before, 'product 12');
      const body = await call('action', {
        ...act('catalog.product', 'discount', [12]),
        confirmed: true,
        inputs: { percent: 50 },
      });
      same(body['executed'], true, 'executed');
      const price = Number((await row('catalog.product', 12))['price']);
      same(Math.abs(price - Number(before['price']) / 2) < 0.01, true, `price ${price}`);
    },
  },
  {
    name: 'action: a download is a file',
    run: async ({ answer }) => {
      const { body, file } = await answer('action', act('catalog.product', 'export_csv', [1]));
      same([body['executed'], file?.name], [true, 'products.csv'], 'answer');
      same(
        Buffer.from(file?.bytes ?? [])
          .toString()
          .startsWith('sku,name,price'),
        true,
        'content',
      );
    },
  },
  {
    name: 'action: delete_selected shows what goes, then deletes',
    run: async ({ call, rows }) => {
      const asked = await call('action', act('catalog.tag', 'delete_selected', [9]));
      same(asked['executed'], false, 'executed without confirmation');
      same((await rows('catalog.tag', { filter: { pk: 9 } })).length, 1, 'tag 9');
      const body = await call('action', {
        ...act('catalog.tag', 'delete_selected', [9]),
        confirmed: true,
      });
      same(body['executed'], true, 'executed');
      same(listAt({ rows: await rows('catalog.tag', { filter: { pk: 9 } }) }, 'rows'), [], 'tag 9');
    },
  },
];

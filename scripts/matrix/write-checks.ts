import type { JsonObject } from '../../src/operations/json.ts';
import { at, type Check, type Ground, ref, same } from './ground.ts';

/** The row must be as it was but for these. */
const changedOnly = async (
  { row }: Ground,
  model: string,
  pk: number,
  wanted: Readonly<Record<string, unknown>>,
  write: () => Promise<unknown>,
): Promise<void> => {
  const before = await row(model, pk);
  await write();
  same(await row(model, pk), { ...before, ...wanted }, `${model} ${pk}`);
};

const product = {
  name: 'A matrix shelf',
  slug: 'a-matrix-shelf',
  sku: 'MX-0001',
  category: 1,
  price: '1234.50',
  weight: 12.25,
  stock: 1500,
  released_on: '2026-02-03',
  available_from: '2026-02-03T14:05:06',
  tags: [1, 2],
  is_active: false,
  is_fragile: true,
  barcode: '9007199254740999',
} satisfies JsonObject;

export const writeChecks: readonly Check[] = [
  {
    name: 'create: dates, numbers, booleans and relations',
    run: async ({ call, row }) => {
      const body = await call('create', { ...ref('catalog.product'), data: product });
      const stored = await row('catalog.product', Number(body['pk']));
      for (const [name, value] of Object.entries(product))
        if (name !== 'available_from') same(stored[name], value, name);
      same(stored['available_from'], '2026-02-03T14:05:06.000000+00:00', 'available_from');
      same(
        [stored['status'], stored['season'], stored['min_order']],
        ['draft', 'any', 1],
        'defaults',
      );
    },
  },
  {
    name: 'update: what was asked for, and nothing else',
    run: async (ground) => {
      const data = { price: '2345.75', released_on: '2025-12-31', stock: 2000 };
      await changedOnly(ground, 'catalog.product', 4, data, () =>
        ground.call('update', { ...ref('catalog.product', 4), data }),
      );
      const promotion = { title: 'Longer', percent: 25, ends_at: '2027-01-31T18:30:00' };
      const wanted = { ...promotion, ends_at: '2027-01-31T18:30:00.000000+00:00' };
      await changedOnly(ground, 'sales.promotion', 1, wanted, () =>
        ground.call('update', { ...ref('sales.promotion', 1), data: promotion }),
      );
    },
  },
  {
    name: 'update: microseconds of a time that is not mentioned are kept',
    isSlow: true,
    run: async (ground) => {
      const data = { due_on: '2026-03-04', priority: 2 };
      await changedOnly(ground, 'sales.order', 33, data, () =>
        ground.call('update', { ...ref('sales.order', 33), data }),
      );
    },
  },
  {
    name: 'update: a row of an inline',
    run: async (ground) => {
      const [level] = await ground.rows('catalog.stocklevel', { filter: { warehouse: 1 } });
      const pk = Number(level?.['id']);
      const item = { pk, fields: { quantity: 1234, counted_on: '2026-05-06' } };
      await changedOnly(ground, 'catalog.stocklevel', pk, item.fields, () =>
        ground.call('update', {
          ...ref('catalog.warehouse', 1),
          data: { inlines: { stocklevel_set: { items: [item] } } },
        }),
      );
    },
  },
  {
    name: 'update: an invalid value is an error of its field, and nothing is saved',
    run: async (ground) => {
      await changedOnly(ground, 'catalog.tag', 4, {}, async () => {
        const data = { slug: 'not a slug' };
        const { status, body } = await ground.answer('update', { ...ref('catalog.tag', 4), data });
        same(status, 400, 'status');
        same(Object.keys(at(body, 'error', 'fields') ?? {}), ['slug'], 'fields');
      });
    },
  },
  {
    name: 'form_submit: a form with its dates',
    run: async (ground) => {
      const data = { issued_on: '2026-01-31', amount: '1999.90' };
      await changedOnly(ground, 'sales.invoice', 3, data, () =>
        ground.call('form_submit', { ...ref('sales.invoice', 3), data }),
      );
    },
  },
  {
    name: 'update: a file is uploaded',
    run: async ({ call, row }) => {
      const file = {
        name: 'how-to.txt',
        content_base64: Buffer.from('Turn it.').toString('base64'),
      };
      await call('update', { ...ref('catalog.product', 8), data: { manual: { file } } });
      const { manual } = await row('catalog.product', 8);
      same(/^manuals\/how-to.*\.txt$/.test(String(manual)), true, `manual ${manual}`);
    },
  },
  {
    name: 'bulk_update: all rows',
    run: async (ground) => {
      const data = { position: 1234, is_visible: false };
      const body = await ground.call('bulk_update', {
        ...ref('catalog.category'),
        pks: [3, 4],
        data,
      });
      same(at(body, 'summary', 'accepted'), 2, 'accepted');
      for (const pk of [3, 4]) {
        const { position, is_visible } = await ground.row('catalog.category', pk);
        same({ position, is_visible }, data, `category ${pk}`);
      }
    },
  },
  {
    name: 'destroy: one object, and none that is protected',
    run: async ({ answer, call, rows }) => {
      await call('destroy', ref('sales.order', 21));
      same(await rows('sales.order', { filter: { pk: 21 } }), [], 'order 21');
      same((await answer('destroy', ref('sales.order', 1))).status, 409, 'status for order 1');
      same((await rows('sales.order', { filter: { pk: 1 } })).length, 1, 'order 1');
    },
  },
  {
    name: 'set_password: a new password, and not a weak one',
    run: async ({ answer, call, row }) => {
      const before = await row('auth.user', 5);
      const weak = await answer('set_password', { ...ref('auth.user', 5), password: '123' });
      same(weak.status, 400, 'status for a weak one');
      same(await row('auth.user', 5), before, 'user 5');
      await call('set_password', { ...ref('auth.user', 5), password: 'walnut-shelf-19' });
      const after = await row('auth.user', 5);
      same(after['password'] === before['password'], false, 'the same password');
      same({ ...after, password: '' }, { ...before, password: '' }, 'the rest of user 5');
    },
  },
];

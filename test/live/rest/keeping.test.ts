import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/operations/json.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import {
  callAs,
  codeOf,
  describeRest,
  digestOf,
  errorOf,
  recorded,
  rowOf,
  rowsOf,
} from './rest-shop.ts';

const model = 'sales.pricelist';
const list = { app_label: 'sales', model_name: 'pricelist' };

await describeRest('keeping what nobody mentioned', (live) => {
  const call = callAs(live);

  test.each([
    [1, 'an empty object'],
    [2, 'an empty list'],
    [3, 'a text'],
    [4, 'an object'],
  ])('price list %i keeps its products, brand and JSON: %s', async (pk) => {
    const before = await rowOf(live, model, pk);
    const { status } = await call('update', { ...list, pk, data: { name: `New ${pk}` } });
    expect(status).toBe(200);
    expect(await rowOf(live, model, pk)).toEqual({ ...before, name: `New ${pk}` });
  });

  test('writes nothing when a JSON text cannot be told from a number', async () => {
    const before = await digestOf(live);
    const error = await errorOf(call('update', { ...list, pk: 5, data: { name: 'x' } }));
    expect([error.reason, error.details]).toEqual([
      'unsupported',
      { fields: { terms: expect.stringContaining('digits') } },
    ]);
    expect(await digestOf(live)).toEqual(before);
  });

  test('changes such a value when it is given', async () => {
    for (const terms of [{}, [], 'On delivery', 30, [1, 'a'], { days: 10 }] as JsonValue[]) {
      const { status } = await call('update', {
        ...list,
        pk: 4,
        data: { terms, products: [2, 7] },
      });
      expect([status, await rowOf(live, model, 4)]).toEqual([
        200,
        expect.objectContaining({ terms, products: [2, 7] }),
      ]);
    }
    await call('update', { ...list, pk: 4, data: { products: [] } });
    expect((await rowOf(live, model, 4))?.['products']).toEqual([]);
  });

  test('refuses in bulk what cannot be sent along there', async () => {
    const before = await digestOf(live);
    const change = { ...list, pks: [2, 3], data: { is_published: true } };
    const error = await errorOf(call('bulk_update', change));
    expect([error.reason, error.details]).toEqual([
      'unsupported',
      { fields: ['products', 'terms'] },
    ]);
    expect(await digestOf(live)).toEqual(before);
  });

  test('tells a value that was ignored from one that was changed on the way', async () => {
    const before = await rowOf(live, model, 1);
    const ignored = await call('update', { ...list, pk: 1, data: { currency: 'USD' } });
    expect([ignored.status, codeOf(ignored)]).toEqual([409, 'not_stored']);
    const { fields } = ignored.body['error'] as { fields: JsonObject };
    expect(Object.keys(fields)).toEqual(['currency']);
    expect(await rowOf(live, model, 1)).toEqual(before);
    const adjusted = await call('update', { ...list, pk: 2, data: { code: 'trade-b' } });
    expect([adjusted.status, adjusted.body['adjusted']]).toEqual([200, { code: 'TRADE-B' }]);
  });

  test('reads the form page once for many updates, and again for another caller', async () => {
    const { update } = createRestUpstream();
    const invoice = { app_label: 'sales', model_name: 'invoice' };
    const [admin, clerk] = [recorded(live().as('admin')), recorded(live().as('clerk'))];
    const pages = ({ sent }: typeof admin) =>
      sent.filter((line) => line.endsWith('/change/')).length;
    for (const pk of ['1', '1', '3'])
      await update({ ...invoice, pk, data: { remark: 'Paid.' } }, admin.context);
    expect(pages(admin)).toBe(1);
    await update({ ...invoice, pk: '1', data: { remark: 'Paid' } }, clerk.context);
    expect(pages(clerk)).toBe(1);
  });

  test.each([
    ['hides a field', 'sales', 'channel', { name: 'x' }, 'because of its name'],
    ['draws a field as several controls', 'ops', 'task', { title: 'x' }, 'several controls'],
    ['leaves a field out', 'lab', 'survey', { title: 'x' }, 'does not show'],
  ] as const)('sends no write when the page %s', async (_, app_label, model_name, data, why) => {
    const { sent, context } = recorded(live().as('admin'));
    const ref = { app_label, model_name, pk: '1' };
    const error = await errorOf(createRestUpstream().update({ ...ref, data }, context));
    expect(error.reason).toBe('unsupported');
    expect(JSON.stringify(error.details)).toContain(why);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((line) => !line.startsWith('GET'))).toEqual([]);
  });

  test('does not send a form page of its own through form_submit', async () => {
    const campaign = { app_label: 'sales', model_name: 'campaign', pk: '1' };
    const spec = await call('form_spec', campaign);
    expect(spec.body).toEqual({
      renderer: 'custom-template',
      reason: expect.any(String),
      legacy_url: expect.stringContaining('/admin/sales/campaign/1/change/'),
      spa_url: null,
      machine_driveable: false,
    });
    const { sent, context } = recorded(live().as('admin'));
    const { form_submit } = createRestUpstream();
    const answer = await form_submit({ ...campaign, data: { name: 'x' } }, context);
    expect([answer.status, answer.body['reason']]).toEqual([422, 'custom-template']);
    expect(sent).toEqual([expect.stringMatching(/^GET .*form-spec/)]);
  });
});

await describeRest('keeping inline rows', (live) => {
  const call = callAs(live);
  const write = (pk: number, name: string, items: JsonObject[]) =>
    call('update', { ...list, pk, data: { inlines: { [name]: { items } } } });

  test.each<[string, number, string, JsonObject, unknown]>([
    [
      'go to one of several inlines of the same name',
      1,
      'pricelist_set',
      { fields: { reason: 'Pallet', amount: '5' } },
      { inline: 'pricelist_set' },
    ],
    [
      'have a date and time and a many-to-many',
      1,
      'approves_set',
      { pk: 1, fields: { name: 'Bo' } },
      { inline: 'approves_set', fields: ['given_at', 'categories'] },
    ],
    [
      'are new and give a date and time',
      1,
      'approves_set',
      { fields: { name: 'Bo', given_at: '2026-01-01T10:00' } },
      { inline: 'approves_set', fields: ['given_at'] },
    ],
    [
      'may have a field that is hidden',
      3,
      'opens_set',
      { pk: 1, fields: { partner: 'Casa Vecchia' } },
      { inline: 'opens_set', fields: ['access_token'] },
    ],
  ])('refuses rows that %s', async (_, pk, name, row, details) => {
    const before = await digestOf(live);
    const error = await errorOf(write(pk, name, [row]));
    expect([error.reason, error.details]).toEqual(['unsupported', details]);
    expect(await digestOf(live)).toEqual(before);
  });

  test('refuses rows whose key has another name, and adds them', async () => {
    const [card] = await rowsOf(live, 'sales.pricecard', { prints: 1 });
    const pk = String(card?.['uid']);
    const before = await digestOf(live);
    const error = await errorOf(write(1, 'prints_set', [{ pk, fields: { copies: 9 } }]));
    expect([error.reason, error.details]).toEqual([
      'unsupported',
      { inline: 'prints_set', pk_field: 'uid' },
    ]);
    expect(await digestOf(live)).toEqual(before);
    const added = await write(1, 'prints_set', [{ fields: { place: 'Counter', copies: 2 } }]);
    expect(added.status).toBe(200);
    const cards = await rowsOf(live, 'sales.pricecard', { prints: 1, place: 'Counter' });
    expect(cards).toMatchObject([{ copies: 2 }]);
    expect(await rowsOf(live, 'sales.pricecard', { pk })).toEqual([card]);
  });

  test('completes a row with what it holds', async () => {
    const warehouse = { app_label: 'catalog', model_name: 'warehouse', pk: 1 };
    const before = await rowsOf(live, 'catalog.stocklevel', { warehouse: 1 });
    const [level] = before;
    const items = [{ pk: level?.['id'] ?? null, fields: { quantity: 77 } }];
    const answer = await call('update', {
      ...warehouse,
      data: { inlines: { warehouse_set: { items } } },
    });
    expect(answer.status).toBe(200);
    const after = await rowsOf(live, 'catalog.stocklevel', { warehouse: 1 });
    expect(after).toEqual([{ ...level, quantity: 77 }, ...before.slice(1)]);
  });

  test('adds a row that says nothing of the fields at risk, and leaves the others alone', async () => {
    const before = await rowOf(live, 'sales.approval', 2);
    const { status } = await write(2, 'approves_set', [{ fields: { name: 'Bo' } }]);
    expect(status).toBe(200);
    expect(await rowsOf(live, 'sales.approval', { approves: 2 })).toEqual([
      before,
      { ...before, id: expect.any(Number), name: 'Bo', given_at: null, categories: [] },
    ]);
  });
});

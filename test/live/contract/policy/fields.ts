import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/operations/json.ts';
import { callsOf, errorIn, type Kind, type Live, rowsOf } from './governed.ts';

const product = { app_label: 'catalog', model_name: 'product' };
const supplier = { app_label: 'catalog', model_name: 'supplier' };
const pricelist = { app_label: 'sales', model_name: 'pricelist' };

/** Whether a name stands anywhere in a body, as a key or as a name. */
const names = (body: unknown, pattern: string): RegExpMatchArray | null =>
  JSON.stringify(body).match(new RegExp(`"[-=^@]?${pattern}"`));

export const fieldTests = (live: Live, kind: Kind): void => {
  const hiding = () =>
    callsOf(live(), kind, {
      EXCLUDE_FIELDS: [
        'catalog.product.price',
        'catalog.product.supplier',
        '*.*.rating',
        '*.supplier.vat_*',
        'sales.pricelist.currency',
        'sales.pricebreak.percent',
        'catalog.product.released_on',
      ],
    });

  it('leaves hidden fields out of every reading', async () => {
    const ofProduct = '(price|supplier|supplier__\\w+|released_on\\w*)';
    const ofSupplier = '(rating|vat_number)';
    const open = callsOf(live(), kind);
    const call = hiding();
    for (const [name, given, hidden] of [
      ['retrieve', { ...product, pk: '1' }, ofProduct],
      ['form_spec', { ...product, pk: '1' }, ofProduct],
      ['form_spec', product, ofProduct],
      ['add_form', product, ofProduct],
      ['list', { ...product, page_size: 3 }, ofProduct],
      ['retrieve', { ...supplier, pk: '1' }, ofSupplier],
      ['add_form', supplier, ofSupplier],
      ['list', supplier, ofSupplier],
    ] as const) {
      const { status, body } = await call(name, given);
      expect([name, status, names(body, hidden)]).toEqual([name, 200, null]);
      expect([name, names((await open(name, given)).body, hidden)]).not.toEqual([name, null]);
    }
  });

  it('leaves hidden fields of inlines out', async () => {
    const { body } = await hiding()('retrieve', { ...pricelist, pk: '2' });
    const inlines = body['inlines'] as { label: string }[];
    const breaks = inlines.find(({ label }) => label.toLowerCase() === 'price breaks');
    expect(names(breaks, 'pieces')).not.toBeNull();
    expect(names(breaks, 'percent')).toBeNull();
  });

  it('refuses them in writes, as fields that are not there', async () => {
    const before = await rowsOf(live(), 'catalog.supplier', {});
    const call = hiding();
    for (const [name, given] of [
      ['update', { ...supplier, pk: '1', data: { rating: 1 } }],
      ['update', { ...supplier, pk: '1', data: { name: 'x', vat_number: '1' }, dry_run: true }],
      ['form_submit', { ...supplier, pk: '1', data: { rating: 1 } }],
      ['form_submit', { ...supplier, data: { name: 'x' }, query: { rating: '1' } }],
      ['create', { ...supplier, data: { name: 'x', country: 'DE', rating: 1 } }],
      ['bulk_update', { ...supplier, pks: ['1'], data: { rating: 1 } }],
    ] as const) {
      const said = await call(name, given);
      const [[field, texts] = []] = Object.entries(errorIn(said)['fields'] ?? {});
      expect([name, said.status, texts]).toEqual([name, 400, ['There is no such field.']]);
      expect(field).toMatch(/rating|vat_number/);
    }
    expect(await rowsOf(live(), 'catalog.supplier', {})).toEqual(before);
  });

  it('posts them back as they are, and says nothing of them afterwards', async () => {
    const [before = {}] = await rowsOf(live(), 'catalog.supplier', { pk: 2 });
    const call = hiding();
    const name = `Renamed over ${kind}`;
    const dry = await call('update', { ...supplier, pk: '2', data: { name }, dry_run: true });
    expect([dry.status, names(dry.body, '(rating|vat_number)')]).toEqual([200, null]);
    expect(await rowsOf(live(), 'catalog.supplier', { pk: 2 })).toEqual([before]);
    const saved = await call('update', { ...supplier, pk: '2', data: { name } });
    expect([saved.status, names(saved.body, '(rating|vat_number)')]).toEqual([200, null]);
    expect(await rowsOf(live(), 'catalog.supplier', { pk: 2 })).toEqual([{ ...before, name }]);
    expect([before['vat_number'], before['rating']]).not.toContain(null);
  });

  it('answers no filter and no order by them, nor by the dates of a hidden field', async () => {
    const call = hiding();
    for (const given of [
      { ...product, price__gte: 1 },
      { ...product, supplier: 2 },
      { ...product, supplier_id: 2 },
      { ...product, supplier__id__exact: 2 },
      { ...product, supplier__country: 'DE' },
      { ...product, year: 2024 },
      { ...product, filters: { released_on__gte: '2024-01-01' } },
      { ...product, ordering: 'name,-price' },
      { ...supplier, rating__gt: 1 },
      { ...supplier, ordering: 'rating' },
    ]) {
      const { status, body } = await call('list', given);
      expect([given, status, body['results']]).toEqual([given, 400, undefined]);
    }
    const across = { ...product, action_name: 'activate', select_across: true };
    for (const filters of [{ price__gte: 1 }, { year: 2024 }])
      expect((await call('action', { ...across, filters })).status).toBe(400);
  });

  it('does not suggest them', async () => {
    const call = hiding();
    for (const [name, given] of [
      ['update', { ...supplier, pk: '1', data: { ratin: 1 } }],
      ['list', { ...product, pricee: 1 }],
      ['list', { ...product, ordering: 'pricee' }],
    ] as const) {
      const { status, body } = await call(name, given);
      expect([name, status]).toEqual([name, 400]);
      expect(JSON.stringify(body)).not.toMatch(/\b(rating|price|supplier\w*)\b/);
    }
  });

  it('says that a hidden field is in the way, and not which', async () => {
    const call = callsOf(live(), kind, { EXCLUDE_FIELDS: ['catalog.supplier.name'] });
    const said = await call('create', { ...supplier, data: { country: 'DE' } });
    expect([said.status, errorIn(said)['fields']]).toEqual([
      400,
      { '': ['The admin also refuses a field that this gateway does not serve.'] },
    ]);
  });

  it('leaves their names out of the log', async () => {
    const given = { ...product, pk: '1', page_size: 30 };
    const { status, body } = await hiding()('history', given);
    const messages = (body['entries'] as JsonObject[]).map((entry) => JSON.stringify(entry));
    expect([status, messages.filter((message) => /price/i.test(message))]).toEqual([200, []]);
    // The tenth tells of a note, and rows of inlines are told of only where all of them is served.
    expect(messages.filter((message) => message.includes('Changed Stock.')).length).toBe(9);
  });
};

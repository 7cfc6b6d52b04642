import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { describeShops } from '../support/live-shop.ts';
import { at, bare, list, stockOf } from './stock-shop.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };

await describeShops('stock: writing', bare, (live) => {
  const { ok, refused, rows, run } = stockOf(live);

  it('creates an object and tells its key, label and what the admin said', async () => {
    const body = await ok('admin', 'create', { ...tag, data: { name: 'zinc', slug: 'zinc' } });
    expect(body).toMatchObject({
      created: true,
      label: 'zinc',
      fields: { slug: { value: 'zinc' } },
      version: expect.stringMatching(/^f\./),
      messages: [{ level: 'success' }],
    });
    expect(await rows('catalog.tag', { name: 'zinc' }, ['id', 'slug'])).toEqual([
      { id: body['pk'], slug: 'zinc' },
    ]);
  });

  it('keeps the initial values that the caller leaves out', async () => {
    const body = await ok('admin', 'create', {
      app_label: 'ops',
      model_name: 'task',
      data: { title: 'Count chairs' },
    });
    const [row] = await rows('ops.task', { pk: body['pk'] ?? 0 }, [
      'title',
      'reference',
      'checklist',
    ]);
    expect(row?.['title']).toBe('Count chairs');
    expect(row?.['reference']).toMatch(/^[0-9a-f-]{36}$/);
    expect(row?.['checklist']).toBeTruthy();
    const feedback = await ok('intake', 'create', {
      app_label: 'ops',
      model_name: 'feedback',
      data: { subject: 'Chairs', message: 'Nice chairs' },
    });
    const [told] = await rows('ops.feedback', { pk: feedback['pk'] ?? 0 }, ['may_contact']);
    expect(told).toEqual({ may_contact: true });
  });

  it('reports errors of fields, of the form and of values, and writes nothing', async () => {
    const taken = await refused('admin', 'create', { ...tag, data: { name: 'oak', slug: 'new' } });
    expect(taken).toMatchObject({
      status: 400,
      code: 'validation_failed',
      error: { fields: { name: [expect.any(String)] } },
    });
    const typo = await refused('admin', 'create', { ...tag, data: { nmae: 'x' } });
    expect(typo.error).toMatchObject({ fields: { nmae: [expect.stringContaining('"name"')] } });
    const promotion = { app_label: 'sales', model_name: 'promotion', pk: 1 };
    const dates = await refused('admin', 'update', {
      ...promotion,
      data: { starts_at: '2030-01-02T00:00:00', ends_at: '2030-01-01T00:00:00' },
    });
    expect(dates).toMatchObject({ status: 400, error: { fields: { '': [expect.any(String)] } } });
    const price = await refused('admin', 'update', {
      ...product,
      pk: 2,
      data: { price: '1,234.50' },
    });
    expect(price).toMatchObject({
      status: 400,
      error: { fields: { price: [expect.any(String)] } },
    });
    expect(
      await refused('admin', 'update', { ...product, pk: 2, data: { margin: '1' } }),
    ).toMatchObject({ status: 400 });
  });

  it('changes one field and answers with the object', async () => {
    const body = await ok('admin', 'update', {
      ...product,
      pk: 2,
      data: { price: '999.45', tags: [1, 2] },
    });
    expect(body).toMatchObject({ pk: 2, fields: { price: { value: '999.45' } } });
    const [row] = await rows('catalog.product', { pk: 2 }, ['price', 'tags', 'available_from']);
    expect(row).toMatchObject({ price: '999.45', tags: [1, 2] });
    expect(String(row?.['available_from'])).toMatch(/\.\d*[1-9]\d*\+00:00$/);
    const same = await run('admin', 'update', { ...product, pk: 2, data: { price: '999.45' } });
    expect(same.answer.body).toMatchObject({ unchanged: true });
    expect(same.requests).toHaveLength(1);
  });

  it('refuses to strip or drop what nobody mentioned, and does it when told to', async () => {
    const [before] = await rows('catalog.product', { pk: 1 }, [
      'price',
      'description',
      'available_from',
    ]);
    const attempt = run('admin', 'update', { ...product, pk: 1, data: { price: '1.00' } });
    await expect(attempt).rejects.toMatchObject({
      reason: 'unsupported',
      details: { fields: { description: [expect.any(String)] } },
    });
    expect(
      await rows('catalog.product', { pk: 1 }, ['price', 'description', 'available_from']),
    ).toEqual([before]);
    await ok('admin', 'update', {
      ...product,
      pk: 1,
      data: { price: '999.00', description: 'Short.' },
    });
    const [after] = await rows('catalog.product', { pk: 1 }, [
      'price',
      'description',
      'available_from',
    ]);
    expect(after).toEqual({
      price: '999.00',
      description: 'Short.',
      available_from: before?.['available_from'],
    });
  });

  it('refuses to make NULL of a blank text, or a blank text of NULL, unless told to', async () => {
    const channel = { app_label: 'sales', model_name: 'channel' };
    await expect(
      run('admin', 'update', { ...channel, pk: 3, data: { name: 'Fair' } }),
    ).rejects.toMatchObject({
      reason: 'unsupported',
      details: { fields: { hashtag: [expect.stringContaining('NULL')] } },
    });
    await ok('admin', 'update', { ...channel, pk: 2, data: { name: 'Old Town' } });
    expect(await rows('sales.channel', { pk__in: [2, 3] }, ['name', 'hashtag'])).toEqual([
      { name: 'Old Town', hashtag: null },
      { name: 'Bazaar', hashtag: '' },
    ]);
    const specimen = { app_label: 'lab', model_name: 'specimen', pk: 2 };
    await expect(
      run('admin', 'update', { ...specimen, data: { integer: 1 } }),
    ).rejects.toMatchObject({ details: { fields: { nullable_text: [expect.any(String)] } } });
    await ok('admin', 'update', { ...specimen, data: { integer: 1, nullable_text: '' } });
    const columns = ['integer', 'nullable_char', 'nullable_text', 'json'];
    expect(await rows('lab.specimen', { pk: 2 }, columns)).toEqual([
      { integer: 1, nullable_char: null, nullable_text: '', json: null },
    ]);
  });

  it('goes through the editable list where the form would do damage', async () => {
    const [before] = await rows('sales.order', { pk: 1 }, ['gift_message', 'placed_at', 'status']);
    const status = before?.['status'] === 'paid' ? 'sent' : 'paid';
    const { answer, requests } = await run('admin', 'update', {
      ...order,
      pk: 1,
      data: { status },
    });
    expect(answer.status).toBe(200);
    expect(requests.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      '/admin/sales/order/?pk__in=1&all=',
    ]);
    expect(await rows('sales.order', { pk: 1 }, ['gift_message', 'placed_at', 'status'])).toEqual([
      { ...before, status },
    ]);
  });

  it('sets every kind of value', async () => {
    const data = {
      char: 'text',
      text: 'two\r\nlines',
      nullable_text: 'a note',
      integer: -5,
      decimal: '1.25',
      float: 0.5,
      boolean: true,
      date: '2024-02-29',
      time: '10:11:12.000013',
      datetime: '2024-02-29T10:11:12.123456',
      duration: '1 02:00:00',
      json: { a: [1, '2'] },
      uuid: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
      url: 'https://a.example/',
      email: 'a@a.example',
    };
    const spec = await ok('admin', 'form_spec', {
      app_label: 'lab',
      model_name: 'specimen',
      pk: 2,
    });
    const known = Object.fromEntries(
      Object.entries(data).filter(([name]) => name in (at(spec, 'fields') as object)),
    );
    expect(Object.keys(known).length).toBeGreaterThan(10);
    await ok('admin', 'update', { app_label: 'lab', model_name: 'specimen', pk: 2, data: known });
    const [row] = await rows('lab.specimen', { pk: 2 }, Object.keys(known));
    expect(row).toMatchObject({
      char: 'text',
      text: 'two\r\nlines',
      integer: -5,
      boolean: true,
      date: '2024-02-29',
      time: '10:11:12.000013',
      datetime: '2024-02-29T10:11:12.123456+00:00',
      json: { a: [1, '2'] },
      uuid: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    });
  });

  it('adds, changes and deletes inline rows and leaves the others alone', async () => {
    const lines = await rows('sales.orderline', { order: 20 }, [
      'id',
      'product',
      'quantity',
      'unit_price',
    ]);
    const [first, second] = lines;
    const body = await ok('admin', 'update', {
      ...order,
      pk: 20,
      data: {
        inlines: {
          lines: {
            items: [
              { pk: first?.['id'] ?? 0, fields: { quantity: 9, required_by: null } },
              { fields: { product: 5, quantity: 3, unit_price: '7.50' } },
            ],
          },
        },
      },
    });
    expect(list(body, 'inlines', 0, 'rows')).toHaveLength(3);
    const after = await rows('sales.orderline', { order: 20 }, [
      'id',
      'product',
      'quantity',
      'unit_price',
    ]);
    expect(after).toEqual([
      { ...first, quantity: 9 },
      second,
      { id: expect.any(Number), product: 5, quantity: 3, unit_price: '7.50' },
    ]);
    const added = after[2]?.['id'] ?? 0;
    await ok('admin', 'update', {
      ...order,
      pk: 20,
      data: { inlines: { lines: [{ pk: added, DELETE: true }] } },
    });
    expect(await rows('sales.orderline', { order: 20 }, ['id'])).toHaveLength(2);
  });

  it('writes many-to-many fields and files inside inline rows, and leaves those of other rows', async () => {
    const lines = () => rows('sales.orderline', { order: 21 }, ['id', 'quantity', 'labels']);
    const shipments = () => rows('sales.shipment', { order: 21 }, ['id', 'tracking', 'proof']);
    const before = await lines();
    const [first, ...others] = before;
    const line = { pk: first?.['id'] ?? 0, required_by: null };
    const change = (inlines: JsonObject) =>
      ok('admin', 'update', { ...order, pk: 21, data: { inlines } });
    await change({
      lines: [{ ...line, labels: [2, 3] }],
      shipments: [
        {
          carrier: 'Sea',
          tracking: 'T-21-A',
          proof: { file: { name: 'a.txt', content_base64: 'aGk=' } },
        },
        { carrier: 'Sea', tracking: 'T-21-B' },
      ],
    });
    expect(await lines()).toEqual([{ ...first, labels: [2, 3] }, ...others]);
    const sent = (await shipments()).filter(({ tracking }) => /^T-21/.test(String(tracking)));
    expect(sent).toMatchObject([
      { proof: expect.stringMatching(/^proofs\/a.*\.txt$/) },
      { proof: '' },
    ]);

    // A change of one field keeps the row's file and many-to-many values.
    await change({
      lines: [{ ...line, quantity: 8 }],
      shipments: [{ pk: sent[0]?.['id'] ?? 0, carrier: 'Air' }],
    });
    expect(await lines()).toEqual([{ ...first, quantity: 8, labels: [2, 3] }, ...others]);
    expect(await shipments()).toEqual(expect.arrayContaining(sent));

    await change({ shipments: [{ pk: sent[0]?.['id'] ?? 0, proof: { clear: true } }] });
    expect((await shipments()).filter(({ tracking }) => tracking === 'T-21-A')).toMatchObject([
      { proof: '' },
    ]);
  });

  it('reports errors of inline rows and of the formset, and respects its limits', async () => {
    const many = await refused('admin', 'update', {
      ...order,
      pk: 20,
      data: { inlines: { lines: [{ product: 5, quantity: 999999, unit_price: '1.00' }] } },
    });
    expect(many).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(JSON.stringify(many.error['fields'])).toContain('lines');
    const limit = await refused('admin', 'update', {
      ...order,
      pk: 20,
      data: { inlines: { payments: [{ amount: '1.00' }, { amount: '1.00' }, { amount: '1.00' }] } },
    });
    expect(limit).toMatchObject({ status: 400 });
    const none = await refused('admin', 'update', {
      ...order,
      pk: 20,
      data: { inlines: { line: [] } },
    });
    expect(JSON.stringify(none.error['fields'])).toContain('lines');
    expect(await rows('sales.orderline', { order: 20 }, ['id'])).toHaveLength(2);
  });

  it('creates an object together with its inline rows', async () => {
    const body = await ok('admin', 'create', {
      ...order,
      data: {
        number: 'SO-NEW',
        customer: 1,
        channel: 1,
        placed_at: '2024-05-01T10:00:00',
        inlines: { lines: [{ product: 5, quantity: 2, unit_price: '3.00' }] },
      },
    });
    expect(
      await rows('sales.orderline', { order: body['pk'] ?? 0 }, ['product', 'quantity']),
    ).toEqual([{ product: 5, quantity: 2 }]);
  });

  it('uploads, replaces and clears a file', async () => {
    const file = (text: string) => ({
      file: { name: 'a.txt', content_base64: Buffer.from(text).toString('base64') },
    });
    const ref = { ...product, pk: 4 };
    const up = await ok('admin', 'update', { ...ref, data: { manual: file('one') } });
    expect(at(up, 'fields', 'manual', 'value', 'name')).toMatch(/^manuals\/a.*\.txt$/);
    await ok('admin', 'update', { ...ref, data: { manual: { clear: true } } });
    expect(await rows('catalog.product', { pk: 4 }, ['manual'])).toEqual([{ manual: '' }]);
  });

  it('presses a button of the project and tells where it led', async () => {
    const spec = await ok('admin', 'form_spec', {
      app_label: 'sales',
      model_name: 'campaign',
      pk: 2,
    });
    expect(list(spec, 'buttons').map(({ name }) => name)).toEqual(['_start']);
    const brief = at(spec, 'fields', 'brief', 'initial') ?? '';
    const body = await ok('admin', 'form_submit', {
      app_label: 'sales',
      model_name: 'campaign',
      pk: 2,
      data: { _start: true, brief },
    });
    expect(body['messages']).not.toEqual([]);
  });

  it('submits a form under its query', async () => {
    const survey = { app_label: 'lab', model_name: 'survey', pk: 2, query: { plain: 1 } };
    const spec = await ok('admin', 'form_spec', survey);
    const question = at(spec, 'fields', 'question', 'initial') ?? '';
    await ok('admin', 'form_submit', { ...survey, data: { title: 'New title', question } });
    expect(await rows('lab.survey', { pk: 2 }, ['title'])).toEqual([{ title: 'New title' }]);
  });

  it('reports a save whose page fails afterwards as saved', async () => {
    const campaign = { app_label: 'sales', model_name: 'campaign', pk: 3 };
    const spec = await ok('admin', 'form_spec', campaign);
    const brief = at(spec, 'fields', 'brief', 'initial') ?? '';
    const body = await ok('admin', 'update', { ...campaign, data: { clicks: 0, brief } });
    expect(JSON.stringify(body['notes'])).toContain('could not be read afterwards');
    expect(await rows('sales.campaign', { pk: 3 }, ['clicks'])).toEqual([{ clicks: 0 }]);
  });

  it('lets users write what they may and nothing else', async () => {
    expect(await refused('viewer', 'update', { ...tag, pk: 1, data: { name: 'x' } })).toMatchObject(
      { status: 403 },
    );
    expect(
      await refused('viewer', 'create', { ...tag, data: { name: 'x', slug: 'x' } }),
    ).toMatchObject({ status: 403 });
    expect(await refused('viewer', 'destroy', { ...tag, pk: 1 })).toMatchObject({ status: 403 });
    expect(
      await refused('clerk', 'update', {
        app_label: 'sales',
        model_name: 'invoice',
        pk: 2,
        data: { number: 'x' },
      }),
    ).toMatchObject({ status: 403 });
    expect(
      await refused('clerk', 'update', {
        app_label: 'sales',
        model_name: 'quote',
        pk: 2,
        data: { title: 'x' },
      }),
    ).toMatchObject({ status: 404 });
    expect(await rows('catalog.tag', { pk: 1 }, ['name'])).toEqual([{ name: 'oak' }]);
  });
});

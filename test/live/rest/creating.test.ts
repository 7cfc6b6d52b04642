import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { callAs, codeOf, describeRest, digestOf, errorOf, rowOf } from './rest-shop.ts';

const productData = {
  name: 'A chair',
  slug: 'a-chair-of-ours',
  sku: 'ZZ-0001',
  category: 1,
  price: '12.50',
};

await describeRest('creating', (live) => {
  const call = callAs(live);

  test('keeps the initial values of fields that are left out', async () => {
    const { status, body } = await call('create', {
      app_label: 'catalog',
      model_name: 'category',
      data: { name: 'New', slug: 'new-one' },
    });
    expect(status).toBe(201);
    expect(await rowOf(live, 'catalog.category', Number(body['pk']))).toMatchObject({
      name: 'New',
      is_visible: true,
      position: 0,
    });
  });

  test('writes every kind of value that it accepts as it was meant', async () => {
    const { status, body } = await call('create', {
      app_label: 'catalog',
      model_name: 'product',
      data: {
        ...productData,
        tags: [1, { id: 2, label: 'x' }],
        related: [1, 2],
        collections: [1],
        brand: 'nordhem',
        is_fragile: null,
        is_active: false,
        barcode: '9007199254740999',
        lead_time: '1 02:00:03',
        attributes: 'just a text',
        released_on: '2026-02-03',
      },
    }).then((answer) =>
      answer.status === 400 ? { ...answer, body: { ...answer.body, pk: 0 } } : answer,
    );
    if (status === 400) throw new Error(JSON.stringify(body));
    expect(await rowOf(live, 'catalog.product', Number(body['pk']))).toMatchObject({
      tags: [1, 2],
      related: [1, 2],
      collections: [1],
      is_fragile: null,
      is_active: false,
      barcode: '9007199254740999',
      lead_time: '1 02:00:03',
      attributes: 'just a text',
      released_on: '2026-02-03',
      status: 'draft',
      min_order: 1,
      season: 'any',
    });
  });

  test.each([[{}], [[]], [{ a: [1, {}] }], [[1]], [5], [true], ['{"a": 1}'], ['7']])(
    'stores the JSON value %j as itself',
    async (attributes) => {
      const n = String(1000 + jsonCount++);
      const { body } = await call('create', {
        app_label: 'catalog',
        model_name: 'product',
        data: { ...productData, slug: `json-${n}`, sku: `JS-${n}`, attributes },
      });
      const row = await rowOf(live, 'catalog.product', Number(body['pk']));
      expect(row?.['attributes']).toEqual(attributes);
    },
  );

  test('refuses add forms that it cannot fill in, and values that would be dropped', async () => {
    const before = await digestOf(live);
    const refused: readonly [string, string, JsonObject, string][] = [
      ['sales', 'order', { number: 'X', customer: 1, channel: 1 }, 'placed_at'],
      [
        'catalog',
        'product',
        { ...productData, available_from: '2026-01-01T10:00' },
        'available_from',
      ],
      ['auth', 'user', { username: 'new', password1: 'a', password2: 'a' }, 'password1'],
      ['ops', 'mailbox', { name: 'x', host: 'y', login: 'z', secret_word: 's' }, 'secret_word'],
    ];
    for (const [app_label, model_name, data, field] of refused) {
      const error = await errorOf(call('create', { app_label, model_name, data }));
      expect([error.reason, JSON.stringify(error.details)]).toEqual([
        'unsupported',
        expect.stringContaining(field),
      ]);
    }
    const hidden = await errorOf(
      call('create', { app_label: 'auth', model_name: 'user', data: { username: 'new' } }),
    );
    expect(hidden.reason).toBe('unsupported');
    const inlines = { keyword_set: { items: [{ fields: { sentence: 'x' } }] } };
    const rows = await errorOf(
      call('create', { app_label: 'lab', model_name: 'keyword', data: { word: 'x', inlines } }),
    );
    expect(rows.hint).toContain('without inlines');
    expect(await digestOf(live)).toEqual(before);
  });

  test('adds an object with files, byte for byte, and every other kind of value with them', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 0x80]);
    const { status, body } = await call('create', {
      app_label: 'catalog',
      model_name: 'product',
      data: {
        ...productData,
        sku: 'ZZ-0002',
        slug: 'with-a-manual',
        manual: { file: { name: 'rå "1".bin', content_base64: bytes.toString('base64') } },
        tags: [1, { id: 2, label: 'x' }],
        related: [1, 2],
        brand: 'nordhem',
        is_fragile: null,
        is_active: false,
        barcode: '9007199254740997',
        attributes: { depth: [1, 'two'], none: null },
        released_on: '2026-02-03',
        photo: null,
      },
    });
    expect([status, body['error']]).toEqual([201, undefined]);
    const row = await rowOf(live, 'catalog.product', Number(body['pk']));
    expect(row).toMatchObject({
      tags: [1, 2],
      related: [1, 2],
      brand: 'nordhem',
      is_fragile: null,
      is_active: false,
      barcode: '9007199254740997',
      attributes: { depth: [1, 'two'], none: null },
      released_on: '2026-02-03',
      photo: '',
      manual: expect.stringMatching(/^manuals\/.*\.bin$/),
    });
    const stored = await fetch(`${live().shop.url}/media/${encodeURI(String(row?.['manual']))}`);
    expect(Buffer.from(await stored.arrayBuffer())).toEqual(bytes);
  });

  test('answers what is wrong with a file, and plans one without sending it', async () => {
    const before = await digestOf(live);
    const product = { app_label: 'catalog', model_name: 'product' };
    const other = { ...productData, sku: 'ZZ-0003', slug: 'never-added' };
    const manual = (file: JsonObject): JsonObject => ({ ...other, manual: file });
    for (const file of [
      { file: { name: 'a.txt', content_base64: '?' } },
      { file: { name: '../a.txt', content_base64: 'YQ==' } },
      { name: 'manuals/other.txt', url: '/media/manuals/other.txt' },
    ]) {
      const answer = await call('create', { ...product, data: manual(file) });
      expect([answer.status, Object(answer.body['error']).fields]).toEqual([
        400,
        { manual: [expect.any(String)] },
      ]);
    }
    const image = { ...other, photo: { file: { name: 'a.png', content_base64: 'YQ==' } } };
    const refused = await call('create', { ...product, data: image });
    expect([refused.status, Object(refused.body['error']).fields]).toEqual([
      400,
      { photo: [expect.stringContaining('image')] },
    ]);
    const data = manual({ file: { name: 'a.txt', content_base64: 'YQ==' } });
    const { body } = await call('create', { ...product, data, dry_run: true });
    expect(body['changes']).toContainEqual({
      name: 'manual',
      label: 'manual',
      old: null,
      new: { name: 'a.txt', size: 1 },
    });
    expect(await digestOf(live)).toEqual(before);
  });

  test('answers field errors, conflicts of unique values and missing rights', async () => {
    const tag = { app_label: 'catalog', model_name: 'tag' };
    const empty = await call('create', { ...tag, data: {} });
    const { fields } = empty.body['error'] as { fields: JsonObject };
    expect([empty.status, Object.keys(fields).sort()]).toEqual([400, ['name', 'slug']]);
    const [row] = [await rowOf(live, 'catalog.tag', 1)];
    const twin = await call('create', { ...tag, data: { name: row?.['name'] ?? '', slug: 'x' } });
    expect([twin.status, codeOf(twin)]).toEqual([400, 'validation_failed']);
    expect((await callAs(live, 'viewer')('create', { ...tag, data: {} })).status).toBe(403);
  });

  test('cannot serve users who may add but not view, and says so with 404', async () => {
    const feedback = { app_label: 'ops', model_name: 'feedback' };
    const answer = await callAs(live, 'intake')('create', {
      ...feedback,
      data: { subject: 'a', message: 'b' },
    });
    expect(answer.status).toBe(404);
  });

  test('leaves save_model its say', async () => {
    const { body } = await callAs(live, 'clerk')('create', {
      app_label: 'sales',
      model_name: 'quote',
      data: { title: 'Mine', customer: 1, amount: '5' },
    });
    const row = await rowOf(live, 'sales.quote', Number(body['pk']));
    expect(row).toMatchObject({ title: 'Mine', owner: 2 });
    expect(row?.['reference']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

let jsonCount = 0;

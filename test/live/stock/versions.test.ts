import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { describeShops } from '../support/live-shop.ts';
import { at, bare, list, stockOf, type Tables } from './stock-shop.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };

await describeShops('stock: versions, plans and truth', bare, (live) => {
  const { dump, ok, refused, rows, run } = stockOf(live);
  const versionOf = async (ref: JsonObject): Promise<string> =>
    String((await ok('admin', 'retrieve', ref))['version']);
  const everything = async (): Promise<Tables> => {
    const { 'auth.user': _, 'admin.logentry': log, ...tables } = await dump([]);
    return { ...tables, log: log ?? {} };
  };

  it('gives one version for an object, however it is read, and another after a change', async () => {
    const ref = { ...tag, pk: 1 };
    const version = await versionOf(ref);
    expect(version).toMatch(/^f\./);
    expect((await ok('admin', 'form_spec', ref))['version']).toBe(version);
    expect(await versionOf({ ...product, pk: 1 })).toBe(await versionOf({ ...product, pk: 1 }));
    const after = await ok('admin', 'update', { ...ref, data: { name: 'old oak' }, version });
    expect(after['version']).not.toBe(version);
    expect(await versionOf(ref)).toBe(after['version']);
    await ok('admin', 'update', { ...ref, data: { name: 'oak' }, version: after['version'] ?? '' });
    expect(await versionOf(ref)).toBe(version);
    expect(
      await refused('admin', 'destroy', { ...ref, version: after['version'] ?? '' }),
    ).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('refuses a stale write and names what changed, and writes nothing', async () => {
    const ref = { ...product, pk: 4 };
    const version = await versionOf(ref);
    await ok('clerk', 'update', { ...ref, data: { stock: 41, tags: [3] } });
    const { answer, requests } = await run('admin', 'update', {
      ...ref,
      data: { min_order: 9 },
      version,
    });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        error: { code: 'conflict' },
        version: await versionOf(ref),
        changed: [
          { name: 'stock', label: 'Stock', now: 41 },
          { name: 'tags', label: 'Tags', now: [{ id: 3 }] },
        ],
      },
    });
    expect(requests).toHaveLength(1);
    expect(
      await refused('admin', 'form_submit', { ...ref, data: { min_order: 9 }, version }),
    ).toMatchObject({ status: 409, code: 'conflict' });
    expect(await rows('catalog.product', { pk: 4 }, ['stock', 'min_order'])).toEqual([
      { stock: 41, min_order: expect.not.stringMatching('9') },
    ]);
  });

  it('names an inline of which a row changed, with its rows', async () => {
    const ref = { ...order, pk: 21 };
    const before = await ok('admin', 'retrieve', ref);
    // A row with a time could lose its microseconds by being saved.
    const line = list(before, 'inlines', 0, 'rows').find(
      (row) => at(row, 'fields', 'required_by') === null,
    );
    const data = { inlines: { lines: [{ pk: line?.['pk'] ?? 0, quantity: 7 }] } };
    await ok('admin', 'update', { ...ref, data });
    const { answer } = await run('admin', 'update', {
      ...ref,
      data: { priority: 5 },
      version: before['version'] ?? '',
    });
    expect(answer.body['changed']).toMatchObject([
      {
        name: 'lines',
        now: expect.arrayContaining([expect.objectContaining({ pk: line?.['pk'] })]),
      },
    ]);
  });

  it('takes the version of a row of the list as well', async () => {
    const first = async () =>
      list(await ok('admin', 'list', { ...tag, search: 'zinc' }), 'results')[0];
    await ok('admin', 'create', { ...tag, data: { name: 'zinc', slug: 'zinc' } });
    const row = await first();
    const ref = { ...tag, pk: row?.['pk'] ?? 0, version: row?.['version'] ?? '' };
    expect(ref.version).toMatch(/^r\./);
    await ok('admin', 'update', { ...ref, data: { name: 'zinc plate' } });
    expect(await refused('admin', 'update', { ...ref, data: { name: 'zinc' } })).toMatchObject({
      status: 409,
    });
    expect(await refused('admin', 'destroy', ref)).toMatchObject({ status: 409, code: 'conflict' });
    await ok('admin', 'destroy', { ...ref, version: (await first())?.['version'] ?? '' });
  });

  it('refuses what is no version, and one for an object that does not exist yet', async () => {
    const calls = [
      run('admin', 'update', { ...tag, pk: 1, data: { name: 'x' }, version: 'latest' }),
      run('admin', 'destroy', { ...tag, pk: 1, version: 'latest' }),
      run('admin', 'form_submit', { ...tag, data: { name: 'x' }, version: 'f.0123456789abcdef.' }),
    ];
    for (const call of calls)
      await expect(call).rejects.toMatchObject({
        reason: 'input',
        details: { errors: [{ pointer: '/version' }] },
      });
    expect(
      await refused('admin', 'update', {
        ...tag,
        pk: 9999,
        data: { name: 'x' },
        version: 'r.01234567890',
      }),
    ).toMatchObject({ status: 404 });
  });

  it('gives a version to those who may only look', async () => {
    const { version } = await ok('viewer', 'retrieve', { ...tag, pk: 2 });
    expect(version).toMatch(/^f\./);
    await ok('admin', 'update', { ...tag, pk: 2, data: { name: 'pine wood' } });
    expect((await ok('viewer', 'retrieve', { ...tag, pk: 2 }))['version']).not.toBe(version);
  });

  it('tells what a write would do, in the words of retrieve, and writes nothing', async () => {
    const before = await everything();
    const posts: string[] = [];
    const plan = async (name: Parameters<typeof run>[1], args: JsonObject): Promise<JsonObject> => {
      const { answer, requests } = await run('admin', name, { ...args, dry_run: true });
      posts.push(...requests.filter(({ method }) => method !== 'GET').map(({ path }) => path));
      expect(answer.body['error'] ?? null).toBeNull();
      return answer.body;
    };
    const update = await plan('update', {
      ...product,
      pk: 2,
      data: {
        price: 12.5,
        stock: 1,
        category: 3,
        tags: [1],
        is_active: false,
        manual: { clear: true },
      },
    });
    expect(update).toMatchObject({ dry_run: true, pk: 2, errors: {} });
    const changed: Record<string, JsonObject> = Object.fromEntries(
      list(update, 'changes').map((each) => [String(each['name']), each]),
    );
    expect(changed).toMatchObject({
      price: { label: 'Price', new: '12.5' },
      stock: { new: 1 },
      category: { new: { id: 3, label: expect.any(String) } },
      tags: { new: [{ id: 1, label: 'oak' }] },
      is_active: { old: true, new: false },
      manual: { old: { name: expect.any(String) }, new: null },
    });
    const now = await ok('admin', 'retrieve', { ...product, pk: 2 });
    for (const [name, each] of Object.entries(changed))
      expect(each['old']).toEqual(at(now, 'fields', name, 'value'));
    expect(update['version']).toBe(now['version']);

    const lines = list(await ok('admin', 'retrieve', { ...order, pk: 20 }), 'inlines', 0, 'rows');
    const inlines = await plan('update', {
      ...order,
      pk: 20,
      data: {
        inlines: {
          lines: [
            { pk: lines[0]?.['pk'] ?? 0, quantity: 3 },
            { pk: lines[1]?.['pk'] ?? 0, _delete: true },
            { product: 5, quantity: 2, unit_price: '4.00' },
          ],
        },
      },
    });
    expect(inlines).toMatchObject({
      changes: [],
      inlines: [
        { inline: 'lines', pk: lines[0]?.['pk'], changes: [{ name: 'quantity', new: 3 }] },
        { inline: 'lines', pk: lines[1]?.['pk'], delete: true, changes: [] },
        {
          inline: 'lines',
          pk: null,
          changes: expect.arrayContaining([
            expect.objectContaining({ name: 'quantity', old: null, new: 2 }),
          ]),
        },
      ],
    });

    const created = await plan('create', { ...tag, data: { name: 'x'.repeat(60) } });
    expect(created).toMatchObject({
      pk: null,
      changes: [{ name: 'name', old: null }],
      errors: { name: [expect.stringContaining('40')], slug: [expect.any(String)] },
    });
    expect(await plan('form_submit', { ...tag, data: { name: 'x', slug: 'x' } })).toMatchObject({
      errors: {},
    });
    expect(await plan('update', { ...product, pk: 1, data: { price: '1.00' } })).toMatchObject({
      errors: { description: [expect.stringContaining('whitespace')] },
    });
    expect(await plan('update', { ...order, pk: 1, data: { status: 'sent' } })).toMatchObject({
      changes: [{ name: 'status', new: 'sent' }],
      errors: {},
    });
    expect(await plan('destroy', { ...tag, pk: 5 })).toMatchObject({
      object: { pk: 5 },
      can_delete: true,
      errors: {},
    });
    const blocked = await plan('destroy', { app_label: 'catalog', model_name: 'category', pk: 1 });
    expect(blocked).toMatchObject({ can_delete: false, errors: { '': [expect.any(String)] } });
    expect(list(blocked, 'protected').length).toBeGreaterThan(0);
    for (const data of [{ nmae: 'x' }, { category: 'none' }, { price: '1,2' }])
      expect(
        await refused('admin', 'update', { ...product, pk: 2, data, dry_run: true }),
      ).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(posts).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('tells what changed on saving although nobody asked', async () => {
    const ref = { ...product, pk: 8 };
    const body = await ok('admin', 'update', { ...ref, data: { price: '400.00' } });
    expect(Object.keys(body['also_changed'] ?? {})).toEqual(['margin']);
    expect(at(body, 'also_changed', 'margin')).toEqual(at(body, 'fields', 'margin', 'value'));
    const plain = await ok('admin', 'update', { ...tag, pk: 6, data: { name: 'new name' } });
    expect(plain).not.toHaveProperty('also_changed');
  });
});

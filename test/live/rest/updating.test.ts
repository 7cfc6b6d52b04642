import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { callAs, codeOf, describeRest, digestOf, errorOf, rowOf, rowsOf } from './rest-shop.ts';

await describeRest('updating', (live) => {
  const call = callAs(live);

  test('changes the fields that were given and no other', async () => {
    const before = await rowOf(live, 'catalog.category', 3);
    const { status, body } = await call('update', {
      app_label: 'catalog',
      model_name: 'category',
      pk: 3,
      data: { name: 'Changed', parent: { id: 1, label: 'as it was read' } },
    });
    expect([status, body['label'], body['adjusted']]).toEqual([200, 'Changed', undefined]);
    expect(await rowOf(live, 'catalog.category', 3)).toEqual({
      ...before,
      name: 'Changed',
      parent: 1,
    });
  });

  test('keeps a date in three selects and a list of check boxes', async () => {
    const [row] = await rowsOf(live, 'people.employee', { skills__isnull: false });
    const pk = String(row?.['id']);
    const before = await rowOf(live, 'people.employee', pk);
    const { status } = await call('update', {
      app_label: 'people',
      model_name: 'employee',
      pk,
      data: { name: 'Someone else' },
    });
    expect(status).toBe(200);
    expect(await rowOf(live, 'people.employee', pk)).toEqual({ ...before, name: 'Someone else' });
  });

  test('writes a many-to-many, also as it was read', async () => {
    const [row] = await rowsOf(live, 'people.employee', {});
    const pk = String(row?.['id']);
    for (const skills of [[1, 2], [{ id: 2, label: 'two' }, 3], []]) {
      await call('update', { app_label: 'people', model_name: 'employee', pk, data: { skills } });
      const keys = skills.map((skill) => (typeof skill === 'number' ? skill : skill.id));
      expect((await rowOf(live, 'people.employee', pk))?.['skills']).toEqual(keys);
    }
  });

  test.each([
    ['a required date and time', 'sales', 'order', 20, { priority: 3 }, 'placed_at'],
    ['an optional date and time', 'ops', 'task', 1, { title: 'x' }, 'due_at'],
    ['a date and time that is named', 'ops', 'task', 1, { due_at: '2026-01-01T00:00' }, 'due_at'],
    ['names that look like secrets', 'sales', 'channel', 1, { name: 'x' }, 'api_token'],
    ['a required secret', 'ops', 'mailbox', 1, { host: 'x' }, 'secret_word'],
    ['a user', 'auth', 'user', 3, { first_name: 'x' }, 'date_joined'],
    ['a product', 'catalog', 'product', 1, { name: 'x' }, 'available_from'],
    ['a page drawn by hand', 'lab', 'survey', 1, { title: 'x' }, 'closes_at'],
  ] as const)('refuses to empty %s', async (_, app_label, model_name, pk, data, field) => {
    // Reading the page of a survey counts its readers, which is the project's own doing.
    const models = { digest: true, models: [`${app_label}.${model_name}`] };
    const before = app_label === 'lab' ? undefined : await live().inspector.ask(models);
    for (const name of ['update', 'bulk_update'] as const) {
      const keys = name === 'update' ? { pk } : { pks: [pk] };
      const error = await errorOf(call(name, { app_label, model_name, ...keys, data }));
      expect([error.reason, error.hint]).toEqual(['unsupported', expect.stringContaining('stock')]);
      if (app_label !== 'lab') expect(error.details?.['fields']).toHaveProperty(field);
    }
    if (before !== undefined) expect(await live().inspector.ask(models)).toEqual(before);
  });

  test.each([
    ['a list for a text', { name: ['x'] }, 'name'],
    ['an object for a text', { name: { x: 1 } }, 'name'],
    ['a boolean for a text', { name: true }, 'name'],
    ['a word for a boolean', { is_visible: 'no' }, 'is_visible'],
    ['null for a check box', { is_visible: null }, 'is_visible'],
    ['an object without id for a key', { parent: { pk: 1 } }, 'parent'],
    ['an unknown field', { nmae: 'x' }, 'nmae'],
    ['text for a number', { position: 'first' }, 'position'],
    ['a key of nothing', { parent: 999 }, 'parent'],
    ['too long a text', { name: 'x'.repeat(81) }, 'name'],
  ])('refuses %s with an error on its field', async (_, data, field) => {
    const before = await digestOf(live, ['catalog.category', 'admin.logentry']);
    const answer = await call('update', {
      app_label: 'catalog',
      model_name: 'category',
      pk: 2,
      data,
    });
    const { code, fields } = answer.body['error'] as { code: string; fields: JsonObject };
    expect([answer.status, code, Object.keys(fields)]).toEqual([400, 'validation_failed', [field]]);
    expect(await digestOf(live, ['catalog.category', 'admin.logentry'])).toEqual(before);
  });

  test('names the nearest field, and refuses read-only ones', async () => {
    const keyword = { app_label: 'lab', model_name: 'keyword', pk: 'plain' };
    const near = await call('update', { ...keyword, data: { meanign: 'x' } });
    expect(JSON.stringify(near.body)).toContain('\\"meaning\\"');
    const fixed = await call('update', { ...keyword, data: { word: 'x' } });
    expect(JSON.stringify(fixed.body)).toContain('read-only');
  });

  test('leaves a file as it is, and refuses to change one', async () => {
    const list = { app_label: 'sales', model_name: 'pricelist', pk: 2 };
    const leaflet = (await rowOf(live, 'sales.pricelist', 2))?.['leaflet'];
    expect(leaflet).toBe('leaflets/list-2.txt');
    const { body } = await call('retrieve', list);
    const read = (body['fields'] as Record<string, JsonObject>)['leaflet']?.['value'] ?? null;
    const renamed = await call('update', { ...list, data: { name: 'Renamed', leaflet: read } });
    expect(renamed.status).toBe(200);
    const before = await digestOf(live);
    const file = { file: { name: 'a.txt', content_base64: 'YQ==' } };
    for (const value of [file, { clear: true }, null])
      for (const name of ['update', 'form_submit'] as const) {
        const data = { name: 'Lost', leaflet: value };
        const error = await errorOf(call(name, { ...list, data }));
        expect([error.reason, error.details, error.hint]).toEqual([
          'unsupported',
          { fields: { leaflet: expect.stringContaining('whole form') } },
          expect.stringContaining('--upstream stock'),
        ]);
      }
    expect(await digestOf(live)).toEqual(before);
    expect((await rowOf(live, 'sales.pricelist', 2))?.['leaflet']).toBe(leaflet);
    // There is nothing to remove where no file is.
    const none = { ...list, pk: 4, data: { name: 'Without', leaflet: { clear: true } } };
    expect((await call('update', none)).status).toBe(200);
  });

  test('answers 403 and 404 as Django does', async () => {
    const tag = { app_label: 'catalog', model_name: 'tag', data: { name: 'x' } };
    expect((await callAs(live, 'viewer')('update', { ...tag, pk: 1 })).status).toBe(403);
    expect((await call('update', { ...tag, pk: 999 })).status).toBe(404);
    const final = { app_label: 'sales', model_name: 'invoice', pk: 2, data: { remark: 'x' } };
    expect((await callAs(live, 'clerk')('update', final)).status).toBe(403);
    expect((await callAs(live, 'clerk')('update', { ...final, pk: 1 })).status).toBe(200);
  });

  test('writes keys that are hard to put in a URL', async () => {
    for (const pk of [
      'why?',
      'c#',
      '100%',
      '50%2Foff',
      '_5F',
      'back\\slash',
      '日本語',
      'two words',
    ]) {
      const answer = await call('update', {
        app_label: 'lab',
        model_name: 'keyword',
        pk,
        data: { meaning: `New ${pk}` },
      });
      expect([pk, answer.status]).toEqual([pk, 200]);
      expect((await rowOf(live, 'lab.keyword', pk))?.['meaning']).toBe(`New ${pk}`);
    }
  });

  test('completes inline rows, adds and deletes them', async () => {
    const keyword = { app_label: 'lab', model_name: 'keyword', pk: 'plain' };
    const write = (items: JsonObject[]) =>
      call('update', { ...keyword, data: { inlines: { keyword_set: { items } } } });
    const [use] = await rowsOf(live, 'lab.keyworduse', { keyword: 'plain' });
    const pk = Number(use?.['id']);
    expect((await write([{ pk, fields: {} }, { fields: { sentence: 'New.' } }])).status).toBe(200);
    const now = await rowsOf(live, 'lab.keyworduse', { keyword: 'plain' });
    expect(now.map((row) => row['sentence'])).toEqual([use?.['sentence'], 'New.']);
    expect((await write([{ pk, DELETE: true }])).status).toBe(200);
    expect(await rowsOf(live, 'lab.keyworduse', { keyword: 'plain' })).toHaveLength(1);
  });

  test('refuses inline rows of other objects, unknown names and empty rows', async () => {
    const keyword = { app_label: 'lab', model_name: 'keyword', pk: 'plain' };
    const write = (inlines: JsonObject) => call('update', { ...keyword, data: { inlines } });
    const [other] = await rowsOf(live, 'lab.keyworduse', { keyword: '日本語' });
    const pk = Number(other?.['id']);
    const before = await digestOf(live);
    const stolen = await write({ keyword_set: { items: [{ pk, fields: { sentence: 'x' } }] } });
    expect(stolen.status).toBe(404);
    const misnamed = await write({ keyword_sets: { items: [] } });
    expect(JSON.stringify(misnamed.body)).toContain('keyword_set');
    const typo = await write({ keyword_set: { items: [{ fields: { sentense: 'x' } }] } });
    expect(codeOf(typo)).toBe('validation_failed');
    expect(await digestOf(live)).toEqual(before);
    const empty = await write({ keyword_set: { items: [{ fields: {} }] } });
    expect([empty.status, codeOf(empty)]).toEqual([409, 'not_stored']);
  });

  test('submits a form with its query, and none that is drawn by hand', async () => {
    const survey = { app_label: 'lab', model_name: 'survey', pk: 1, data: { title: 'x' } };
    const drawn = await call('form_submit', survey);
    expect([drawn.status, drawn.body]).toEqual([
      422,
      { ok: false, reason: 'custom-template', message: expect.any(String) },
    ]);
    const plain = await errorOf(call('form_submit', { ...survey, query: { plain: '1' } }));
    expect(plain.details?.['fields']).toHaveProperty('closes_at');
    const tag = { app_label: 'catalog', model_name: 'tag' };
    const changed = await call('form_submit', { ...tag, pk: 2, data: { name: 'Submitted' } });
    expect([changed.status, changed.body['label']]).toEqual([200, 'Submitted']);
    const added = await call('form_submit', { ...tag, data: { name: 'A', slug: 'a-new-one' } });
    expect(added.status).toBe(201);
  });

  test('updates list_editable columns of many rows, all or none', async () => {
    const category = { app_label: 'catalog', model_name: 'category' };
    const good = await call('bulk_update', { ...category, pks: [1, 2], data: { position: 77 } });
    expect([good.status, good.body['summary']]).toEqual([200, { accepted: 2, rejected: 0 }]);
    expect(await rowsOf(live, 'catalog.category', { position: 77 })).toHaveLength(2);
    const updates = [
      { pk: 2, fields: { position: 78, is_visible: false } },
      { pk: 1, fields: { position: 79 } },
    ];
    const various = await call('bulk_update', { ...category, updates });
    expect([various.status, various.body['results']]).toEqual([
      200,
      [expect.objectContaining({ pk: '2', ok: true }), expect.objectContaining({ ok: true })],
    ]);
    expect(await rowOf(live, 'catalog.category', 2)).toMatchObject({
      position: 78,
      is_visible: false,
    });
    expect(await rowOf(live, 'catalog.category', 1)).toMatchObject({ position: 79 });
    const before = await digestOf(live);
    const half = await call('bulk_update', {
      ...category,
      updates: [
        { pk: 1, fields: { position: 80 } },
        { pk: 2, fields: { position: -1 } },
      ],
    });
    expect(half.body['results']).toMatchObject([
      { ok: false, rolled_back: true },
      { ok: false, error: { fields: { position: [expect.any(String)] } } },
    ]);
    const missing = await call('bulk_update', {
      ...category,
      pks: [1, 999],
      data: { position: 5 },
    });
    const locked = await call('bulk_update', { ...category, pks: [1], data: { name: 'x' } });
    const wrong = await call('bulk_update', { ...category, pks: [1, 2], data: { position: -1 } });
    for (const answer of [half, missing, locked, wrong]) {
      expect([answer.status, codeOf(answer)]).toEqual([400, 'validation_failed']);
      expect(answer.body['summary']).toMatchObject({ accepted: 0 });
    }
    expect(await digestOf(live)).toEqual(before);
  });
});

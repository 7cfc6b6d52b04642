import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { callAs, codeOf, describeRest, errorOf, rowOf } from './rest-shop.ts';

await describeRest('reading', (live) => {
  const call = callAs(live);

  test('lists models with what the user may do, and only those the user may see', async () => {
    const models = async (user: 'admin' | 'clerk') => {
      const { body } = await callAs(live, user)('registry', {});
      const apps = body['apps'] as { models: JsonObject[] }[];
      return apps.flatMap((app) => app.models);
    };
    const all = await models('admin');
    const mine = await models('clerk');
    expect(all.length).toBeGreaterThan(mine.length);
    const order = mine.find((model) => model['model_name'] === 'order');
    expect(order).toMatchObject({
      real_app_label: 'sales',
      permissions: { view: true, add: true, change: true, delete: true },
    });
  });

  test('answers the OpenAPI document of the package', async () => {
    const { body } = await call('schema', {});
    expect(body['openapi']).toBe('3.1.0');
  });

  test('reads one object with its fields', async () => {
    const { body } = await call('retrieve', { app_label: 'catalog', model_name: 'tag', pk: 1 });
    const row = await rowOf(live, 'catalog.tag', 1);
    expect((body['fields'] as JsonObject)['name']).toMatchObject({ value: row?.['name'] });
  });

  test('keeps integers beyond 2^53 exact', async () => {
    const { body } = await call('retrieve', { app_label: 'lab', model_name: 'specimen', pk: 1 });
    const fields = body['fields'] as Record<string, JsonObject>;
    expect(fields['big_integer']?.['value']).toBe('9007199254740993');
    expect(fields['positive_big_integer']?.['value']).toBe('9223372036854775807');
    expect(fields['decimal']?.['value']).toBe('1234567890.1234');
    const page = await call('list', { app_label: 'lab', model_name: 'specimen', search: 'FULL' });
    const [row] = page.body['results'] as { fields: JsonObject }[];
    expect(row?.fields['big_integer']).toBe('9007199254740993');
  });

  test('answers 404 for an object, a model and a panel that are not there', async () => {
    for (const [name, input] of [
      ['retrieve', { app_label: 'catalog', model_name: 'tag', pk: 999 }],
      ['retrieve', { app_label: 'catalog', model_name: 'tag', pk: 'abc' }],
      ['retrieve', { app_label: 'catalog', model_name: 'nothing', pk: 1 }],
      ['panel', { app_label: 'catalog', model_name: 'product', pk: 1, panel_name: 'nothing' }],
      ['add_form', { app_label: 'nothing', model_name: 'tag' }],
    ] as const) {
      const answer = await call(name, input);
      expect(answer.status, JSON.stringify(input)).toBe(404);
      expect(codeOf(answer)).toBe('not_found');
    }
  });

  test('does not show rows that the admin keeps from this user', async () => {
    const clerk = callAs(live, 'clerk');
    const mine = await clerk('retrieve', { app_label: 'sales', model_name: 'quote', pk: 1 });
    const other = await clerk('retrieve', { app_label: 'sales', model_name: 'quote', pk: 2 });
    expect([mine.status, other.status]).toEqual([200, 404]);
  });

  test('shows the add form with initial values, also from a query', async () => {
    const { body } = await call('add_form', {
      app_label: 'catalog',
      model_name: 'category',
      query: { name: 'From the query' },
    });
    const fields = body['fields'] as Record<string, JsonObject>;
    expect(fields['is_visible']?.['value']).toBe(true);
    expect(fields['name']?.['value']).toBe('From the query');
    expect(body['prepopulated_fields']).toEqual({ slug: ['name'] });
  });

  test('describes a form with widgets, of the add page and of an object called "add"', async () => {
    const add = await call('form_spec', { app_label: 'lab', model_name: 'keyword' });
    expect(add.body['renderer']).toBe('form-spec');
    expect(add.body['fields']).toHaveProperty('word.widget.kind', 'text');
    const named = await errorOf(
      call('form_spec', { app_label: 'lab', model_name: 'keyword', pk: 'add' }),
    );
    expect(named.reason).toBe('unsupported');
  });

  test('says of a page with a template of its own that only a person can fill it in', async () => {
    for (const model of [
      { app_label: 'sales', model_name: 'campaign' },
      { app_label: 'lab', model_name: 'survey' },
    ]) {
      const { body } = await call('form_spec', { ...model, pk: 1 });
      expect(body).toEqual({
        renderer: 'custom-template',
        reason: expect.any(String),
        legacy_url: expect.stringContaining('/1/change/'),
        spa_url: null,
        machine_driveable: false,
      });
    }
  });

  test('shows the stock form where the query asks for it', async () => {
    const { body } = await call('form_spec', {
      app_label: 'lab',
      model_name: 'survey',
      pk: 1,
      query: { plain: '1' },
    });
    expect(body['renderer']).toBe('form-spec');
  });

  test('pages through autocomplete, and passes on that a model has no search', async () => {
    const people = { app_label: 'people', model_name: 'customer', q: 'a', page_size: 2 };
    const pages = await Promise.all(
      [1, 2].map((page) => call('autocomplete', { ...people, page })),
    );
    const ids = pages.flatMap(({ body }) =>
      (body['results'] as JsonObject[]).map((row) => row['id']),
    );
    expect(new Set(ids).size).toBe(4);
    const none = await call('autocomplete', { app_label: 'auth', model_name: 'permission' });
    expect(none.status).toBe(404);
    const unsearchable = await call('autocomplete', { app_label: 'ops', model_name: 'feedback' });
    expect(unsearchable.status).toBe(400);
  });

  test('limits recent actions and pages through a history', async () => {
    const recent = await call('recent_actions', { limit: 2 });
    expect(recent.body['actions']).toHaveLength(2);
    const order = { app_label: 'sales', model_name: 'order', pk: 1, page_size: 1 };
    const first = await call('history', order);
    const last = Number(first.body['num_pages']);
    expect((await call('history', { ...order, page: last })).body['page']).toBe(last);
    const beyond = await call('history', { ...order, page: last + 1 });
    expect([beyond.status, codeOf(beyond)]).toEqual([404, 'page_out_of_range']);
  });

  test('reads a panel', async () => {
    const { body } = await call('panel', {
      app_label: 'catalog',
      model_name: 'product',
      pk: 1,
      panel_name: 'stock',
    });
    expect(body['data']).toHaveProperty('levels');
  });

  test('previews a delete with what protects the object as plain text', async () => {
    const { body } = await call('delete_preview', {
      app_label: 'sales',
      model_name: 'order',
      pk: 1,
    });
    expect(body).toMatchObject({ can_delete: false, protected: ['Invoice: INV-0001'] });
  });
});

import { expect, it } from 'vitest';
import { describeShops } from '../support/live-shop.ts';
import { at, bare, list, stockOf } from './stock-shop.ts';

const product = { app_label: 'catalog', model_name: 'product' };

await describeShops('stock: reading', bare, (live, django) => {
  const { ok, refused, run } = stockOf(live);

  it('lists the models of the index with what the user may do', async () => {
    const body = await ok('admin', 'registry', {});
    const models = list(body, 'apps').flatMap((app) => list(app, 'models'));
    expect(models.length).toBeGreaterThanOrEqual(25);
    expect(models.find(({ model_name }) => model_name === 'pricechange')).toBeUndefined();
    const audit = models.find(({ model_name }) => model_name === 'auditrecord');
    expect(audit?.['permissions']).toMatchObject({ view: true, add: false, change: false });
    expect(at(body, 'user', 'display_name')).toBeTruthy();
    expect(list(body, 'apps').every(({ is_group }) => is_group === false)).toBe(true);
  });

  it('tells an add-only model from one that may be seen', async () => {
    const body = await ok('intake', 'registry', {});
    const models = list(body, 'apps').flatMap((app) => list(app, 'models'));
    expect(models.map(({ model_name, permissions }) => [model_name, permissions])).toEqual([
      ['feedback', { view: false, add: true, change: false, delete: null }],
    ]);
  });

  it('tells view from change for a viewer', async () => {
    const models = list(await ok('viewer', 'registry', {}), 'apps').flatMap((app) =>
      list(app, 'models'),
    );
    expect(models.every((model) => at(model, 'permissions', 'change') === false)).toBe(true);
  });

  it('shows the last actions of the user', async () => {
    const { actions } = await ok('admin', 'recent_actions', { limit: 3 });
    expect(actions).toHaveLength(3);
    expect(at(actions, 0)).toMatchObject({ action: 'deleted', object_repr: 'brass', target: null });
  });

  it('reads an object with every kind of value', async () => {
    const body = await ok('admin', 'retrieve', { ...product, pk: 1 });
    expect(body).toMatchObject({
      pk: 1,
      label: 'Oak stool',
      password_change: { supported: false },
    });
    expect(body['fields']).toMatchObject({
      name: { type: 'string', value: 'Oak stool', required: true },
      price: { type: 'decimal', decimal_places: 2 },
      barcode: { type: 'integer', value: '9007199255740996' },
      category: { type: 'foreignkey', value: { label: 'Seating', to: { model_name: 'category' } } },
      status: { type: 'choice', widget: 'radio' },
      released_on: { type: 'date', value: '2024-01-17' },
      available_from: { type: 'datetime' },
      is_fragile: { type: 'boolean' },
      manual: { type: 'file', value: { name: 'manuals/oak-stool.txt', size: null } },
      badge: { readonly: true },
      tags: { type: 'manytomany', widget: 'shuttle_h' },
      supplier: { widget: 'autocomplete' },
      created_by: { widget: 'raw_id' },
    });
    const names = list(body, 'inlines').map(({ name }) => name);
    expect(names).toEqual([
      'stocklevel_set',
      'reviews',
      'price_changes',
      'ops-note-content_type-object_id',
    ]);
    expect(list(body, 'inlines', 3, 'rows').map(({ pk }) => pk)).toEqual([1, 2]);
    expect(body['view_on_site_url']).toBeTruthy();
    expect(at(body, 'object_actions')).toHaveLength(django === '6.1' ? 1 : 0);
  });

  it('says of which objects the password can be set', async () => {
    const user = await ok('admin', 'retrieve', { app_label: 'auth', model_name: 'user', pk: 2 });
    expect(user['password_change']).toEqual({ supported: true });
    const tag = await ok('admin', 'retrieve', { app_label: 'catalog', model_name: 'tag', pk: 1 });
    expect(tag['password_change']).toEqual({ supported: false });
  });

  it('gives a viewer text and no way to save', async () => {
    const body = await ok('viewer', 'retrieve', { ...product, pk: 1 });
    expect(body['permissions']).toMatchObject({ view: true, change: false, delete: false });
    expect(body['save_options']).toMatchObject({ show_save: false });
    expect(body['fields']).toMatchObject({
      name: { readonly: true, value: 'Oak stool' },
      is_active: { value: true },
      category: { type: 'foreignkey', value: { id: 2, label: 'Seating' } },
    });
  });

  it('describes forms with the closed set of widgets, groups and choices', async () => {
    const body = await ok('admin', 'form_spec', { ...product });
    expect(body).toMatchObject({ renderer: 'form-spec', prepopulated_fields: { slug: ['name'] } });
    const season = list(body, 'fields', 'season', 'choices');
    expect(season.length).toBeGreaterThan(3);
    expect(season.some(({ group }) => typeof group === 'string')).toBe(true);
    expect(at(body, 'fields', 'available_from', 'widget', 'kind')).toBe('split-datetime');
    expect(at(body, 'fields', 'tags', 'widget', 'kind')).toBe('shuttle');
    const add = await ok('admin', 'add_form', { ...product });
    expect(at(add, 'fields', 'is_active', 'value')).toBe(true);
  });

  it('knows a page drawn by hand, and the stock form behind its query', async () => {
    const survey = { app_label: 'lab', model_name: 'survey', pk: 1 };
    expect(await ok('admin', 'form_spec', survey)).toMatchObject({ renderer: 'custom-template' });
    const plain = await ok('admin', 'form_spec', { ...survey, query: { plain: 1 } });
    expect(plain).toMatchObject({
      renderer: 'form-spec',
      fields: { title: { initial: 'Opening hours' } },
    });
    await expect(run('admin', 'retrieve', survey)).rejects.toMatchObject({ reason: 'unsupported' });
  });

  it('reads the log newest first, on pages of any size', async () => {
    const order = { app_label: 'sales', model_name: 'order', pk: 1 };
    const all = await ok('admin', 'history', { ...order, page_size: 200 });
    expect(all).toMatchObject({ total: 120, num_pages: 1, object: { pk: 1, label: 'SO-2024001' } });
    expect(all['entries']).toHaveLength(120);
    const times = list(all, 'entries').map(({ action_time }) => String(action_time));
    expect(times).toEqual([...times].sort().reverse());
    expect(times[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    const second = await ok('admin', 'history', { ...order, page: 3, page_size: 7 });
    expect(second['entries']).toEqual(list(all, 'entries').slice(14, 21));
  });

  it('previews a deletion with its tree, and what forbids it', async () => {
    const order = { app_label: 'sales', model_name: 'order' };
    const free = await ok('admin', 'delete_preview', { ...order, pk: 20 });
    expect(free).toMatchObject({
      can_delete: true,
      cascade: [
        { model: 'Orders', count: 1 },
        { model: 'Order lines', count: 2 },
      ],
    });
    expect(at(free, 'tree', 0, 'children', 0, 'target')).toMatchObject({
      model_name: 'orderline',
      pk: 39,
    });
    const blocked = await ok('admin', 'delete_preview', { ...order, pk: 1 });
    expect(blocked).toMatchObject({
      can_delete: false,
      cascade: null,
      protected: ['Invoice: INV-0001'],
    });
    const clerk = await ok('clerk', 'delete_preview', { ...order, pk: 20 });
    expect(clerk).toMatchObject({ can_delete: false, perms_needed: ['order line'] });
  });

  it('looks up keys by text', async () => {
    const user = await ok('admin', 'autocomplete', {
      app_label: 'auth',
      model_name: 'user',
      q: 'cle',
    });
    expect(user['results']).toEqual([{ id: 2, label: 'clerk' }]);
    const products = { app_label: 'catalog', model_name: 'product' };
    const first = await ok('admin', 'autocomplete', { ...products, q: 'o', page_size: 3 });
    const second = await ok('admin', 'autocomplete', {
      ...products,
      q: 'o',
      page_size: 3,
      page: 2,
    });
    expect(first['pagination']).toEqual({ page: 1, page_size: 3, has_more: true });
    const ids = [...list(first, 'results'), ...list(second, 'results')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
    expect(
      await refused('admin', 'autocomplete', {
        app_label: 'sales',
        model_name: 'campaign',
        q: 'x',
      }),
    ).toMatchObject({ status: 400 });
  });

  it('reads a page of the project and follows none of its links', async () => {
    const campaign = { app_label: 'sales', model_name: 'campaign', pk: 1 };
    const body = await ok('admin', 'panel', { ...campaign, panel_name: 'report' });
    expect(at(body, 'data')).toMatchObject({
      title: 'Report',
      tables: [{ head: ['Week', 'Clicks'] }],
    });
    expect(at(body, 'data', 'links', 0, 'url')).toBe('/admin/sales/campaign/1/run/');
    const { rows } = await live().inspector.ask({
      model: 'sales.campaign',
      filter: { pk: 1 },
      fields: ['runs'],
    });
    expect(rows).toEqual([{ runs: 0 }]);
    expect(await refused('admin', 'panel', { ...campaign, panel_name: 'nothing' })).toMatchObject({
      status: 404,
    });
  });

  it('serves an OpenAPI document without asking', async () => {
    const { answer, requests } = await run('admin', 'schema', {});
    expect(requests).toEqual([]);
    expect(Object.keys(at(answer.body, 'paths') as object).length).toBeGreaterThan(12);
  });

  it('answers 404 for what is not there and 403 for what is not allowed', async () => {
    for (const name of ['retrieve', 'history', 'delete_preview'] as const)
      expect(await refused('admin', name, { ...product, pk: 99999 })).toMatchObject({
        status: 404,
        code: 'not_found',
      });
    expect(
      await refused('admin', 'list', { app_label: 'catalog', model_name: 'nothing' }),
    ).toMatchObject({ status: 404 });
    expect(await refused('intake', 'list', product)).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    expect(await refused('viewer', 'add_form', product)).toMatchObject({ status: 403 });
    expect(
      await refused('clerk', 'retrieve', { app_label: 'auth', model_name: 'user', pk: 1 }),
    ).toMatchObject({ status: 403 });
  });
});

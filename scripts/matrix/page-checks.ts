import { at, type Check, listAt, ref, same } from './ground.ts';

/** What the index shows, beside models of a theme's own. */
const registered = [
  'auth.group auth.user',
  'catalog.brand catalog.category catalog.featuredproduct catalog.product catalog.review',
  'catalog.supplier catalog.tag catalog.warehouse',
  'lab.keyword lab.specimen lab.survey',
  'ops.auditrecord ops.event ops.feedback ops.mailbox ops.shopsettings ops.task',
  'people.address people.customer people.employee',
  'sales.campaign sales.channel sales.invoice sales.order sales.orderline sales.promotion',
  'sales.pricelist sales.quote',
].flatMap((line) => line.split(' '));

const fieldValue = (body: unknown, name: string): unknown => at(body, 'fields', name, 'value');

const kind = (body: unknown, name: string): unknown => at(body, 'fields', name, 'widget', 'kind');

const id = (value: unknown): unknown => at(value, 'id');

/** Widgets that a product's form shows, of nearly every kind. */
const productKinds = {
  name: 'text',
  status: 'radio',
  category: 'select',
  supplier: 'autocomplete',
  season: 'select',
  price: 'number',
  released_on: 'date',
  available_from: 'split-datetime',
  description: 'textarea',
  is_active: 'checkbox',
  is_fragile: 'select',
  photo: 'file',
  tags: 'shuttle',
  collections: 'select-multiple',
  related: 'raw-id',
} as const;

export const pageChecks: readonly Check[] = [
  {
    name: 'registry: every model',
    run: async ({ call }) => {
      const body = await call('registry', {});
      const models = listAt(body, 'apps').flatMap((app) => listAt(app, 'models'));
      const names = models.map((each) => `${at(each, 'real_app_label')}.${at(each, 'model_name')}`);
      same(
        registered.filter((name) => !names.includes(name)),
        [],
        'missing models',
      );
    },
  },
  {
    name: 'retrieve: every value',
    run: async ({ call, row }) => {
      const body = await call('retrieve', ref('catalog.product', 1));
      const stored = await row('catalog.product', 1);
      for (const name of ['sku', 'price', 'cost', 'stock', 'released_on', 'description', 'season'])
        same(fieldValue(body, name), stored[name], name);
      for (const name of ['is_active', 'is_fragile', 'status', 'attributes', 'weight', 'barcode'])
        same(fieldValue(body, name), stored[name], name);
      const tags = (Array.isArray(fieldValue(body, 'tags')) ? fieldValue(body, 'tags') : []) as [];
      same(tags.map(id).sort(), stored['tags'], 'tags');
      same(id(fieldValue(body, 'category')), stored['category'], 'category');
      same(id(fieldValue(body, 'supplier')), stored['supplier'], 'supplier');
      const available = String(fieldValue(body, 'available_from'));
      // zh-hans shows no seconds.
      same(
        String(stored['available_from']).startsWith(available.replace(/:00$/, '')),
        true,
        available,
      );
    },
  },
  {
    name: 'retrieve: inlines and their rows',
    run: async ({ call, rows }) => {
      const body = await call('retrieve', ref('sales.order', 1));
      const names = listAt(body, 'inlines').map((inline) => at(inline, 'name'));
      same([...names].sort(), ['lines', 'payments', 'shipments'], 'inlines');
      const lines = listAt(body, 'inlines')[names.indexOf('lines')];
      const stored = await rows('sales.orderline', { filter: { order: 1 } });
      same(
        listAt(lines, 'rows').map((line) => [at(line, 'pk'), at(line, 'fields', 'unit_price')]),
        stored.map((line) => [line['id'], line['unit_price']]),
        'lines',
      );
    },
  },
  {
    name: 'retrieve: odd keys',
    run: async ({ call }) => {
      for (const pk of ['and/or', '50%2Foff', '日本語', 'say "hi"'])
        same((await call('retrieve', ref('lab.keyword', pk)))['pk'], pk, 'pk');
    },
  },
  {
    name: 'form_spec and add_form: widgets and choices',
    run: async ({ call }) => {
      const spec = await call('form_spec', ref('catalog.product'));
      for (const [name, wanted] of Object.entries(productKinds))
        same(kind(spec, name), wanted, name);
      const statuses = listAt(spec, 'fields', 'status', 'choices').map((each) => at(each, 'value'));
      same(statuses, ['draft', 'active', 'retired'], 'choices of status');
      const form = await call('add_form', ref('catalog.tag'));
      same(at(form, 'prepopulated_fields', 'slug'), ['name'], 'prepopulated');
      same(at(form, 'fields', 'name', 'required'), true, 'required');
    },
  },
  {
    name: 'history: newest first, in pages',
    run: async ({ call }) => {
      const first = await call('history', { ...ref('catalog.product', 1), page_size: 20 });
      const second = await call('history', {
        ...ref('catalog.product', 1),
        page_size: 20,
        page: 2,
      });
      same(listAt(first, 'entries').length, 20, 'entries on page 1');
      same(listAt(second, 'entries').length, 10, 'entries on page 2');
      const times = [first, second].flatMap((body) =>
        listAt(body, 'entries').map((entry) => String(at(entry, 'action_time'))),
      );
      same(times, [...times].sort().reverse(), 'times');
      same(/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(times[0] ?? ''), true, `time ${times[0]}`);
      const users = listAt(first, 'entries').map((entry) => at(entry, 'user', 'label'));
      same(new Set(users), new Set(['admin']), 'users');
    },
  },
  {
    name: 'delete_preview: what goes, and what forbids it',
    run: async ({ call }) => {
      const free = await call('delete_preview', ref('sales.order', 20));
      same(free['can_delete'], true, 'can_delete of order 20');
      const held = await call('delete_preview', ref('sales.order', 1));
      same([held['can_delete'], listAt(held, 'protected').length], [false, 1], 'order 1');
    },
  },
  {
    name: 'autocomplete: keys by name',
    run: async ({ call, rows }) => {
      const body = await call('autocomplete', { ...ref('people.customer'), q: 'ada' });
      const query = { filter: { name__icontains: 'ada' }, order_by: ['name'] };
      const wanted = (await rows('people.customer', query)).map((row) => row['id']);
      same(listAt(body, 'results').map(id), wanted.slice(0, 20), 'keys');
    },
  },
  {
    name: 'recent_actions',
    run: async ({ call }) => {
      const body = await call('recent_actions', {});
      same(listAt(body, 'actions').length > 0, true, 'some');
    },
  },
  {
    name: 'panel: a page of its own, read without side effects',
    run: async ({ call, row }) => {
      const body = await call('panel', { ...ref('sales.campaign', 1), panel_name: 'report' });
      same(listAt(body, 'data', 'tables', 0, 'rows').length, 4, 'rows of the table');
      same((await row('sales.campaign', 1))['runs'], 0, 'runs');
    },
  },
];

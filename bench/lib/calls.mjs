/** The reading tools, each with a call that the shop answers; see examples/shop/README.md. */

/** @typedef {import('./peers.mjs').Call} Call */

const product = { app_label: 'catalog', model_name: 'product' };
const tag = { app_label: 'catalog', model_name: 'tag' };
const order = { app_label: 'sales', model_name: 'order' };
const event = { app_label: 'ops', model_name: 'event' };

/** @type {Readonly<Record<string, Call>>} */
export const calls = {
  registry: { name: 'registry', args: {}, rest: 'registry/' },
  schema: { name: 'schema', args: {}, rest: 'schema/' },
  recent_actions: { name: 'recent_actions', args: {}, rest: 'recent-actions/' },
  'list, 20 rows': {
    name: 'list',
    args: { ...product, page_size: 20 },
    rest: 'catalog/product/?page_size=20',
  },
  'list, search': {
    name: 'list',
    args: { ...product, search: 'oak' },
    // Its `search` is ignored by the REST endpoint behind it; `q` gets through.
    pythonArgs: { ...product, q: 'oak' },
    rest: 'catalog/product/?q=oak',
  },
  'retrieve, small': { name: 'retrieve', args: { ...tag, pk: '1' }, rest: 'catalog/tag/1/' },
  'retrieve, large': {
    name: 'retrieve',
    args: { ...product, pk: '1' },
    rest: 'catalog/product/1/',
  },
  add_form: { name: 'add_form', args: product, rest: 'catalog/product/add/' },
  form_spec: { name: 'form_spec', args: product, rest: 'catalog/product/add/form-spec/' },
  autocomplete: {
    name: 'autocomplete',
    args: { app_label: 'people', model_name: 'customer', q: 'a' },
    rest: 'people/customer/autocomplete/?q=a',
  },
  history: { name: 'history', args: { ...product, pk: '1' }, rest: 'catalog/product/1/history/' },
  delete_preview: {
    name: 'delete_preview',
    args: { ...order, pk: '20' },
    rest: 'sales/order/20/delete-preview/',
  },
  panel: {
    name: 'panel',
    args: { ...product, pk: '1', panel_name: 'stock' },
    rest: 'catalog/product/1/panel/stock/',
  },
};

/** The most rows that a call gives. */
const maxPageSize = 200;

/**
 * Rows of the table of 100,000, as many pages as it takes one after the other; Django alone takes
 * about half a second for 100 of them.
 *
 * @returns {readonly Call[]}
 */
export const rowsOfEvents = (count) =>
  Array.from({ length: Math.ceil(count / maxPageSize) }, (_, index) => ({
    name: 'list',
    args: { ...event, page_size: Math.min(count, maxPageSize), page: index + 1 },
    rest: `ops/event/?page_size=${Math.min(count, maxPageSize)}&page=${index + 1}`,
  }));

/** One page of the same. */
export const bigList = {
  name: 'list',
  args: { ...event, page_size: 100 },
  rest: 'ops/event/?page_size=100',
};

/** A page of 25 rows, for counting its tokens. */
export const list25 = {
  name: 'list',
  args: { ...product, page_size: 25 },
  rest: 'catalog/product/?page_size=25',
};

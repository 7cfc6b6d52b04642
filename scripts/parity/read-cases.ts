import type { JsonObject } from '../../src/operations/json.ts';
import type { Case } from './case.ts';

/** A model and the keys of the objects that are looked at one by one. */
export interface Subject {
  readonly app_label: string;
  readonly model_name: string;
  readonly pks: readonly (string | number)[];
}

const subject = (model: string, ...pks: (string | number)[]): Subject => {
  const [app_label = '', model_name = ''] = model.split('.');
  return { app_label, model_name, pks };
};

/** The seed derives these keys from names. */
const employee = '03c57233-b4f6-54ae-98be-076c41b7ec40';

/** Every registered model but `lab.survey`, which each reading changes; objects chosen for what the shop's README says of them. */
const subjects: readonly Subject[] = [
  subject('catalog.category', 1, 2),
  subject('catalog.brand', 1, 4),
  subject('catalog.supplier', 1, 7),
  subject('catalog.tag', 1, 2),
  subject('catalog.product', 1, 2, 4),
  subject('catalog.featuredproduct', 1),
  subject('catalog.warehouse', 1),
  subject('catalog.review', 1, 3),
  subject('catalog.pricechange', 1),
  subject('people.customer', 1, 3),
  subject('people.address', 1),
  subject('people.employee', employee),
  subject('sales.channel', 1, 2),
  subject('sales.order', 1, 14),
  subject('sales.orderline', 1),
  subject('sales.invoice', 1, 2),
  subject('sales.quote', 1, 2),
  subject('sales.promotion', 1),
  subject('sales.campaign', 1),
  subject('sales.pricelist', 1),
  subject('ops.event', 1),
  subject('ops.shopsettings', 1),
  subject('ops.feedback', 1),
  subject('ops.auditrecord', 1),
  subject('ops.task', 1, 2),
  subject('ops.mailbox', 1),
  subject('lab.specimen', 1, 2, 3, 4),
  subject('lab.keyword', 'plain', 'two words'),
  subject('auth.user', 1, 2),
  subject('auth.group', 1),
];

/** Models that nobody may add to answer add_form and the add page with 403 on both sides. */
const withoutAdding = new Set(['featuredproduct', 'auditrecord', 'shopsettings']);

const casesOf = ({ app_label, model_name, pks }: Subject): Case[] => {
  const model = { app_label, model_name };
  const mayAdd = !withoutAdding.has(model_name);
  return [
    { operation: 'list', input: model },
    ...(mayAdd
      ? ([
          { operation: 'add_form', input: model },
          { operation: 'form_spec', input: model },
        ] as const)
      : []),
    ...pks.flatMap((pk): Case[] => [
      { operation: 'retrieve', input: { ...model, pk } },
      { operation: 'form_spec', input: { ...model, pk } },
      { operation: 'history', input: { ...model, pk } },
      { operation: 'delete_preview', input: { ...model, pk } },
    ]),
  ];
};

const list = (model: string, more: JsonObject): Case => {
  const { app_label, model_name } = subject(model);
  return { operation: 'list', input: { app_label, model_name, ...more } };
};

const autocomplete = (model: string, more: JsonObject): Case => {
  const { app_label, model_name } = subject(model);
  return { operation: 'autocomplete', input: { app_label, model_name, ...more } };
};

const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };

const special: readonly Case[] = [
  { operation: 'registry', input: {} },
  { operation: 'registry', input: {}, user: 'clerk' },
  { operation: 'registry', input: {}, user: 'viewer' },
  { operation: 'schema', input: {} },
  { operation: 'recent_actions', input: {} },
  { operation: 'recent_actions', input: {}, user: 'clerk' },
  list('catalog.product', { search: 'oak', ordering: '-price', page_size: 5 }),
  list('catalog.product', { page: 2 }),
  list('catalog.product', { filters: { status: 'active', band: 'low' } }),
  list('catalog.product', { filters: { is_active: true }, ordering: 'name' }),
  list('catalog.category', { filters: { parent: 1 } }),
  list('catalog.review', { page: 2, page_size: 7, ordering: '-rating' }),
  list('sales.order', { filters: { status: 'paid' }, page_size: 10 }),
  list('people.customer', { search: 'a', filters: { tier: 'gold' } }),
  list('ops.event', { page: 2 }),
  { ...list('sales.order', {}), user: 'clerk' },
  { ...list('sales.quote', {}), user: 'clerk' },
  { ...list('catalog.product', {}), user: 'viewer' },
  { operation: 'retrieve', input: { ...order, pk: 1 }, user: 'clerk' },
  { operation: 'retrieve', input: { ...product, pk: 1 }, user: 'viewer' },
  { operation: 'delete_preview', input: { ...order, pk: 20 }, user: 'clerk' },
  { operation: 'history', input: { ...order, pk: 1, page: 2, page_size: 50 } },
  { operation: 'history', input: { ...product, pk: 1, page: 2 } },
  autocomplete('catalog.product', { q: 'oak' }),
  autocomplete('catalog.supplier', {}),
  autocomplete('people.customer', { q: 'a' }),
  autocomplete('people.customer', { q: 'a', page: 2 }),
  autocomplete('people.employee', {}),
  autocomplete('lab.keyword', { q: 'plain' }),
  autocomplete('catalog.tag', { q: 'nothing has this name' }),
  {
    operation: 'panel',
    input: { app_label: 'sales', model_name: 'campaign', pk: 1, panel_name: 'report' },
  },
];

export const readCases: readonly Case[] = [...special, ...subjects.flatMap(casesOf)];

import type { JsonObject } from '../../src/operations/json.ts';
import type { Case, Made } from './case.ts';

const model = (name: string): JsonObject => {
  const [app_label = '', model_name = ''] = name.split('.');
  return { app_label, model_name };
};

const on =
  (name: string, made: string, more: JsonObject = {}) =>
  (known: Made): JsonObject => ({ ...model(name), pk: known.get(made) ?? '', ...more });

const product: JsonObject = {
  name: 'Ash shelf',
  slug: 'ash-shelf',
  sku: 'ZZ-0001',
  category: 1,
  price: '12.50',
  released_on: '2026-02-03',
  tags: [1, 2],
};

/** What a call would do; nothing is written. */
const plans: readonly Case[] = [
  {
    operation: 'create',
    input: { ...model('catalog.tag'), data: { name: 'Planned', slug: 'planned' }, dry_run: true },
  },
  {
    operation: 'update',
    input: {
      ...model('catalog.category'),
      pk: 2,
      data: { name: 'Planned', parent: 3, position: 21, is_visible: false },
      dry_run: true,
    },
  },
  {
    operation: 'update',
    input: { ...model('catalog.category'), pk: 2, data: { name: '' }, dry_run: true },
  },
  {
    operation: 'form_submit',
    input: { ...model('sales.invoice'), pk: 1, data: { amount: '12.00' }, dry_run: true },
  },
  {
    operation: 'bulk_update',
    input: { ...model('catalog.category'), pks: [1, 2], data: { position: 20 }, dry_run: true },
  },
  { operation: 'destroy', input: { ...model('catalog.tag'), pk: 1, dry_run: true } },
  { operation: 'destroy', input: { ...model('sales.order'), pk: 1, dry_run: true } },
  {
    operation: 'action',
    input: {
      ...model('catalog.product'),
      action_name: 'activate',
      pks: [3, 4],
      dry_run: true,
    },
  },
  {
    operation: 'action',
    input: {
      ...model('catalog.tag'),
      action_name: 'delete_selected',
      pks: [3],
      confirmed: true,
      dry_run: true,
    },
  },
];

/** A version that no row has. */
const stale = 'r.AAAAAAAAAAA';

/** Writes for an older state of their object. */
const conflicts: readonly Case[] = [
  {
    operation: 'update',
    input: { ...model('catalog.tag'), pk: 1, data: { name: 'Lost' }, version: stale },
  },
  { operation: 'destroy', input: { ...model('catalog.tag'), pk: 1, version: stale } },
  {
    operation: 'bulk_update',
    input: {
      ...model('catalog.category'),
      pks: [1, 2],
      data: { position: 20 },
      versions: { 1: stale },
    },
  },
  {
    operation: 'action',
    input: {
      ...model('catalog.product'),
      action_name: 'activate',
      pks: [3, 4],
      versions: { 4: stale },
    },
  },
];

/** Both shops hold the same rows before each of these, and must hold the same after them. */
export const writeCases: readonly Case[] = [
  ...plans,
  ...conflicts,
  {
    operation: 'create',
    input: { ...model('catalog.tag'), data: { name: 'Parity', slug: 'parity' } },
    made: 'tag',
  },
  { operation: 'update', input: on('catalog.tag', 'tag', { data: { name: 'Parity two' } }) },
  {
    operation: 'form_submit',
    input: on('catalog.tag', 'tag', { data: { name: 'Parity three', slug: 'parity-three' } }),
  },
  {
    operation: 'form_submit',
    input: { ...model('catalog.tag'), data: { name: 'Submitted', slug: 'submitted' } },
    made: 'submitted',
  },
  { operation: 'history', input: on('catalog.tag', 'tag') },
  { operation: 'delete_preview', input: on('catalog.tag', 'tag') },
  { operation: 'recent_actions', input: {} },
  { operation: 'destroy', input: on('catalog.tag', 'tag') },
  { operation: 'recent_actions', input: {} },
  { operation: 'create', input: { ...model('catalog.product'), data: product }, made: 'product' },
  { operation: 'retrieve', input: on('catalog.product', 'product') },
  {
    operation: 'create',
    input: {
      ...model('sales.invoice'),
      data: { number: 'INV-9001', order: 30, issued_on: '2026-03-01', amount: '10.00' },
    },
    made: 'invoice',
  },
  {
    operation: 'update',
    input: { ...model('catalog.supplier'), pk: 1, data: { rating: '4.5', is_preferred: true } },
  },
  {
    operation: 'update',
    input: { ...model('catalog.category'), pk: 2, data: { position: 4, is_visible: false } },
  },
  { operation: 'update', input: { ...model('sales.invoice'), pk: 1, data: { amount: '99.95' } } },
  { operation: 'create', input: { ...model('catalog.tag'), data: { name: '', slug: 'no name' } } },
  { operation: 'create', input: { ...model('catalog.tag'), data: {} }, user: 'viewer' },
  { operation: 'update', input: { ...model('catalog.tag'), pk: 1, data: { slug: 'not a slug' } } },
  { operation: 'update', input: { ...model('catalog.tag'), pk: 999, data: { name: 'x' } } },
  {
    operation: 'form_submit',
    input: { ...model('sales.invoice'), pk: 1, data: { issued_on: 'never' } },
  },
  {
    operation: 'bulk_update',
    input: { ...model('catalog.category'), pks: [1, 2], data: { position: 7 } },
  },
  {
    operation: 'bulk_update',
    input: { ...model('catalog.category'), pks: [1, 2], data: { position: 'seven' } },
  },
  {
    operation: 'bulk_update',
    input: { ...model('sales.order'), pks: [30, 31], data: { priority: 3, is_paid: true } },
  },
  {
    operation: 'action',
    input: { ...model('catalog.product'), action_name: 'activate', pks: [3, 4] },
  },
  {
    operation: 'action',
    input: { ...model('sales.order'), action_name: 'mark_paid', pks: [14, 15] },
  },
  {
    operation: 'action',
    input: { ...model('sales.order'), action_name: 'check_addresses', pks: [14] },
  },
  {
    operation: 'action',
    input: { ...model('sales.order'), action_name: 'open_campaigns', pks: [14] },
  },
  {
    operation: 'action',
    input: { ...model('catalog.tag'), action_name: 'delete_selected', pks: [3] },
  },
  {
    operation: 'action',
    input: {
      ...model('catalog.tag'),
      action_name: 'delete_selected',
      pks: [3],
      confirmed: true,
    },
  },
  { operation: 'action', input: { ...model('catalog.tag'), action_name: 'nothing', pks: [1] } },
  {
    operation: 'action',
    input: { ...model('catalog.product'), action_name: 'export_csv', pks: [1, 2] },
  },
  { operation: 'destroy', input: { ...model('sales.order'), pk: 1 } },
  { operation: 'destroy', input: { ...model('sales.order'), pk: 20 }, user: 'clerk' },
  { operation: 'destroy', input: { ...model('catalog.tag'), pk: 999 } },
  { operation: 'destroy', input: { ...model('sales.order'), pk: 21 } },
  {
    operation: 'set_password',
    input: { ...model('auth.user'), pk: 5, password: 'walnut-shelf-19' },
  },
  { operation: 'set_password', input: { ...model('auth.user'), pk: 5, password: '123' } },
  { operation: 'set_password', input: { ...model('catalog.tag'), pk: 1, password: 'walnut-19' } },
  { operation: 'history', input: { ...model('sales.invoice'), pk: 1 } },
];

import type { OperationName } from '../../src/operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../../src/operations/json.ts';

/** What a stop of the tour got back. */
export type Body = JsonObject;

export interface Stop {
  readonly operation: OperationName;
  readonly arguments: JsonObject | ((notes: Notes) => JsonObject);
  /** What came back in one line; throws when it is not what the shop must give. */
  readonly tell: (body: Body, notes: Notes) => string;
}

/** What later stops need from earlier ones. */
export type Notes = Map<string, string>;

const at = (
  body: JsonValue | undefined,
  ...path: readonly (string | number)[]
): JsonValue | undefined => {
  let here = body;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string, JsonValue>>)[String(key)];
  }
  return here;
};

const items = (body: Body, key: string): readonly JsonValue[] => {
  const list = body[key];
  return Array.isArray(list) ? list : [];
};

const expect = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`unexpected answer: ${what}`);
};

const product = { app_label: 'catalog', model_name: 'product' };
const tag = { app_label: 'catalog', model_name: 'tag' };

const savedKey = (body: Body): string =>
  String(body['pk'] ?? body['id'] ?? at(body, 'object', 'pk') ?? '');

/** All 18 tools against the example shop, in an order in which each has something to work on. */
export const tour: readonly Stop[] = [
  {
    operation: 'registry',
    arguments: {},
    tell: (body) => {
      const apps = items(body, 'apps');
      const models = apps.flatMap((app) => at(app, 'models') ?? []);
      expect(models.length > 20, 'too few models');
      return `${models.length} models in ${apps.length} apps`;
    },
  },
  {
    operation: 'schema',
    arguments: {},
    tell: (body) => {
      expect(typeof body['openapi'] === 'string', 'no OpenAPI document');
      return `OpenAPI ${body['openapi']}`;
    },
  },
  {
    operation: 'list',
    arguments: { ...product, search: 'oak', ordering: '-price', page_size: 5 },
    tell: (body) => {
      expect(items(body, 'results').length > 0, 'no rows');
      return `${items(body, 'results').length} of ${body['total']} products that match "oak", dearest first`;
    },
  },
  {
    operation: 'retrieve',
    arguments: { ...product, pk: '1' },
    tell: (body) => {
      const text = JSON.stringify(body);
      expect(text.includes('Oak stool'), 'not the oak stool');
      return `product 1, ${text.length} characters`;
    },
  },
  {
    operation: 'add_form',
    arguments: tag,
    tell: (body) =>
      `${items(body, 'fields').length || Object.keys(body).length} fields to fill in for a tag`,
  },
  {
    operation: 'form_spec',
    arguments: { ...product, pk: '1', view: 'full' },
    tell: (body) => {
      expect(JSON.stringify(body).includes('"kind"'), 'no widgets');
      return `${items(body, 'fields').length || Object.keys(body).length} fields with their widgets`;
    },
  },
  {
    operation: 'create',
    arguments: { ...tag, data: { name: 'From an agent', slug: 'from-an-agent' } },
    tell: (body, notes) => {
      notes.set('tag', savedKey(body));
      expect(savedKey(body) !== '', 'no key');
      return `tag ${savedKey(body)}`;
    },
  },
  {
    operation: 'update',
    arguments: (notes) => ({
      ...tag,
      pk: notes.get('tag') ?? '',
      data: { name: 'Renamed by an agent' },
    }),
    tell: (body) => {
      expect(JSON.stringify(body).includes('Renamed by an agent'), 'not renamed');
      return 'renamed it';
    },
  },
  {
    operation: 'form_submit',
    arguments: (notes) => ({
      ...tag,
      pk: notes.get('tag') ?? '',
      data: { name: 'Submitted by an agent', slug: 'submitted-by-an-agent' },
    }),
    tell: (body) => {
      expect(JSON.stringify(body).includes('Submitted by an agent'), 'not submitted');
      return 'submitted its form';
    },
  },
  {
    operation: 'history',
    arguments: (notes) => ({ ...tag, pk: notes.get('tag') ?? '' }),
    tell: (body) => {
      expect(items(body, 'entries').length >= 3, 'too few entries');
      return `${items(body, 'entries').length} entries for it`;
    },
  },
  {
    operation: 'delete_preview',
    arguments: (notes) => ({ ...tag, pk: notes.get('tag') ?? '' }),
    tell: (body) => {
      expect(body['can_delete'] === true, 'cannot delete');
      return 'nothing is in the way of deleting it';
    },
  },
  {
    operation: 'destroy',
    arguments: (notes) => ({ ...tag, pk: notes.get('tag') ?? '' }),
    tell: (body) => {
      expect(body['deleted'] === true, 'not deleted');
      return 'deleted it';
    },
  },
  {
    operation: 'bulk_update',
    arguments: {
      app_label: 'catalog',
      model_name: 'category',
      pks: ['1', '2'],
      data: { position: 7 },
    },
    tell: (body) => {
      expect(at(body, 'summary', 'accepted') === 2, 'not two rows');
      return '2 categories moved to position 7';
    },
  },
  {
    operation: 'autocomplete',
    arguments: { ...product, q: 'oak' },
    tell: (body) => {
      expect(items(body, 'results').length > 0, 'no results');
      return `${items(body, 'results').length} products by name`;
    },
  },
  {
    operation: 'action',
    arguments: {
      app_label: 'sales',
      model_name: 'order',
      action_name: 'mark_paid',
      pks: ['14', '15'],
    },
    tell: (body) => {
      expect(body['executed'] === true, 'not executed');
      const said = at(body, 'messages', 0, 'message');
      return `mark_paid: ${typeof said === 'string' ? said : 'done'}`;
    },
  },
  {
    operation: 'set_password',
    arguments: { app_label: 'auth', model_name: 'user', pk: '5', password: 'walnut-shelf-19' },
    tell: () => 'a new password for customer',
  },
  {
    operation: 'panel',
    arguments: { app_label: 'sales', model_name: 'campaign', pk: '1', panel_name: 'report' },
    tell: (body) => `the report of campaign 1, ${Object.keys(body).length} parts`,
  },
  {
    operation: 'recent_actions',
    arguments: { limit: 5 },
    tell: (body) => {
      expect(items(body, 'actions').length > 0, 'no actions');
      return `the last ${items(body, 'actions').length} things this user did`;
    },
  },
];

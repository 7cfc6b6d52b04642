import { expect, it } from 'vitest';
import { runChecks } from '../../../../src/commands/checks.ts';
import type { OperationName } from '../../../../src/operations/catalogue.ts';
import type { JsonObject } from '../../../../src/operations/json.ts';
import { password } from '../../support/live-shop.ts';
import {
  callsOf,
  digestOf,
  errorIn,
  type Kind,
  type Live,
  rowsOf,
  settingsFor,
} from './governed.ts';

const customer = { app_label: 'people', model_name: 'customer' };
const missing = { app_label: 'people', model_name: 'nobody' };
const order = { app_label: 'sales', model_name: 'order' };
const product = { app_label: 'catalog', model_name: 'product' };
const pricelist = { app_label: 'sales', model_name: 'pricelist' };

/** Every operation on a model, in more than one way where there is one. */
const everyCall = (model: object): readonly (readonly [OperationName, object])[] => [
  ['list', model],
  ['list', { ...model, search: 'a', name: 'x', ordering: '-name' }],
  ['retrieve', { ...model, pk: '1' }],
  ['add_form', model],
  ['form_spec', model],
  ['form_spec', { ...model, pk: '1' }],
  ['create', { ...model, data: { name: 'x' } }],
  ['update', { ...model, pk: '1', data: { name: 'x' } }],
  ['update', { ...model, pk: '1', data: { inlines: { addresses: [{ city: 'x' }] } } }],
  ['form_submit', { ...model, data: { name: 'x' } }],
  ['form_submit', { ...model, pk: '1', data: { name: 'x' } }],
  ['destroy', { ...model, pk: '1' }],
  ['bulk_update', { ...model, pks: ['1'], data: { name: 'x' } }],
  ['autocomplete', { ...model, q: 'a' }],
  ['action', { ...model, action_name: 'delete_selected', pks: ['1'], confirmed: true }],
  ['action', { ...model, action_name: 'anything', select_across: true }],
  ['history', { ...model, pk: '1' }],
  ['delete_preview', { ...model, pk: '1' }],
  ['set_password', { ...model, pk: '1', password: 'walnut-shelf-19' }],
  ['panel', { ...model, pk: '1', panel_name: 'x' }],
];

const textOf = (value: unknown): string => JSON.stringify(value);

export const modelTests = (live: Live, kind: Kind): void => {
  it('answers for an excluded model as for one that is not there', async () => {
    const before = await digestOf(live());
    const excluding = callsOf(live(), kind, { EXCLUDE_MODELS: ['people.cust*'] });
    const choosing = callsOf(live(), kind, { MODELS: ['sales.*', 'people.employee'] });
    const open = callsOf(live(), kind);
    const absent = everyCall(missing);
    for (const [index, [name, given]] of everyCall(customer).entries()) {
      const [, other = {}] = absent[index] ?? [];
      const expected = await open(name, other);
      expect([name, expected.status]).toEqual([name, expect.toSatisfy((status) => status >= 400)]);
      expect([name, await excluding(name, given)]).toEqual([name, expected]);
      expect([name, await choosing(name, given)]).toEqual([name, expected]);
      expect([name, await open(name, given, { excludeModels: ['people'] })]).toEqual([
        name,
        expected,
      ]);
    }
    expect(await digestOf(live())).toEqual(before);
  });

  it('leaves it out of the registry and of recent actions', async () => {
    const call = callsOf(live(), kind, { EXCLUDE_MODELS: ['sales.order', 'auth'] });
    const { body } = await call('registry', {});
    const apps = body['apps'] as { models: { app_label: string; model_name: string }[] }[];
    const names = apps.flatMap(({ models }) =>
      models.map((model) => `${model.app_label}.${model.model_name}`),
    );
    expect(names).toContain('sales.invoice');
    expect(names.filter((name) => /^auth\.|^sales\.order$/.test(name))).toEqual([]);
    expect(apps.every(({ models }) => models.length > 0)).toBe(true);
    const recent = await call('recent_actions', {});
    expect([recent.status, textOf(recent.body['actions'])]).toEqual([
      200,
      expect.not.stringContaining('SO-2024'),
    ]);
    expect(textOf((await callsOf(live(), kind)('recent_actions', {})).body)).toContain('SO-2024');
  });

  it('keeps what an included model shows of an excluded one, and no more', async () => {
    const call = callsOf(live(), kind, { EXCLUDE_MODELS: ['people.customer', '*.payment'] });
    const { body } = await call('retrieve', { ...order, pk: '13' });
    const { customer: field } = body['fields'] as Record<string, { value: object }>;
    expect(field?.value).toMatchObject({ id: 13, label: 'Dora Benitez' });
    expect((await call('autocomplete', { ...customer, q: 'Dora' })).status).toBe(404);
    const inlines = (body['inlines'] as JsonObject[]).map(({ label }) =>
      String(label).toLowerCase(),
    );
    expect(inlines).toEqual(['order lines', 'shipments']);
  });

  it('refuses rows of an excluded inline, and posts them back untouched', async () => {
    const call = callsOf(live(), kind, { EXCLUDE_MODELS: ['sales.pricecard', 'sales.approval'] });
    const before = await rowsOf(live(), 'sales.approval', { approves: 2 });
    const cards = await rowsOf(live(), 'sales.pricecard', { prints: 2 });
    expect([before.length, cards.length]).toEqual([1, 1]);
    const shown = await call('retrieve', { ...pricelist, pk: '2' });
    expect(textOf(shown.body['inlines'])).not.toMatch(/approv|cards/i);
    const inline = kind === 'stock' ? 'approvals' : 'approves_set';
    const rows = { [inline]: { items: [{ pk: before[0]?.['id'], fields: { name: 'x' } }] } };
    const refused = await call('update', { ...pricelist, pk: '2', data: { inlines: rows } });
    expect([refused.status, errorIn(refused)['fields']]).toEqual([
      400,
      { [`inlines.${inline}`]: ['There is no such inline.'] },
    ]);
    const name = `Renamed over ${kind}`;
    const saved = await call('update', { ...pricelist, pk: '2', data: { name } });
    expect([saved.status, textOf(saved.body)]).toEqual([
      200,
      expect.not.stringMatching(/approv|cards/i),
    ]);
    expect(await rowsOf(live(), 'sales.pricelist', { pk: 2 })).toMatchObject([{ name }]);
    expect(await rowsOf(live(), 'sales.approval', { approves: 2 })).toEqual(before);
    expect(await rowsOf(live(), 'sales.pricecard', { prints: 2 })).toEqual(cards);
  });

  it('deletes nothing that takes an excluded object along, nor names what is in the way', async () => {
    const before = await digestOf(live());
    for (const [excluded, model, pk] of [
      ['sales.orderline', order, '14'],
      ['*.payment', order, '13'],
      ['sales.invoice', order, '1'],
      ['catalog.product', { ...product, model_name: 'category' }, '1'],
      ['people', { ...product, model_name: 'tag' }, '1'],
    ] as const) {
      const call = callsOf(live(), kind, { EXCLUDE_MODELS: [excluded] });
      for (const [name, given] of [
        ['delete_preview', { ...model, pk }],
        ['destroy', { ...model, pk }],
        ['destroy', { ...model, pk, dry_run: true }],
        ['action', { ...model, action_name: 'delete_selected', pks: [pk], confirmed: true }],
        ['action', { ...model, action_name: 'delete_selected', pks: [pk] }],
        ['action', { ...model, action_name: 'delete_selected', select_across: true }],
      ] as const) {
        const said = await call(name, given);
        expect([excluded, name, said.status]).toEqual([excluded, name, 403]);
        expect(textOf(said.body)).not.toMatch(/INV-|SO-|Oak|×|TR0/);
      }
    }
    expect(await digestOf(live())).toEqual(before);
  });

  it('deletes what takes only served objects along', async () => {
    const call = callsOf(live(), kind, { EXCLUDE_MODELS: ['auth.*'] });
    const [one, two] = kind === 'stock' ? ['21', '22'] : ['23', '24'];
    expect((await call('delete_preview', { ...order, pk: one })).status).toBe(200);
    expect((await call('destroy', { ...order, pk: one })).status).toBe(200);
    const chosen = { ...order, action_name: 'delete_selected', pks: [two], confirmed: true };
    expect((await call('action', chosen)).status).toBe(200);
    expect(await rowsOf(live(), 'sales.order', { pk__in: [one, two] })).toEqual([]);
  });

  it('leaves objects of excluded inlines out of the log', async () => {
    const given = { ...product, pk: '1', page_size: 30 };
    expect(textOf((await callsOf(live(), kind)('history', given)).body)).toContain('Note 20');
    const call = callsOf(live(), kind, { EXCLUDE_MODELS: ['ops.note'] });
    const { status, body } = await call('history', given);
    expect([status, textOf(body)]).toEqual([200, expect.not.stringContaining('Note 20')]);
    expect(textOf(body)).toContain('Changed Price.');
  });

  it('is checked for globs that name nothing', async () => {
    const settings = settingsFor(live(), kind, {
      USERNAME: 'admin',
      PASSWORD: password,
      EXCLUDE_MODELS: ['auth.*', 'sale.order'],
      EXCLUDE_FIELDS: ['*.*.salary', 'people.persn.ssn'],
    });
    const warnings: string[] = [];
    for await (const { id, message } of runChecks(settings, AbortSignal.timeout(60_000)))
      if (id === 'W002') warnings.push(message);
    expect(warnings).toEqual([
      expect.stringContaining('"sale.order"'),
      expect.stringContaining('"people.persn.ssn"'),
    ]);
  });
};

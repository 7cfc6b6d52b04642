import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withView } from '../../../../src/layers/view.ts';
import type { OperationName } from '../../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../../src/operations/errors.ts';
import type { JsonObject, JsonValue } from '../../../../src/operations/json.ts';
import { parseInput } from '../../../../src/operations/parse-input.ts';
import { runOperation } from '../../../../src/operations/upstream.ts';
import { echoUpstream, nobody } from '../../../support/plain-upstream.ts';
import { rowsOf } from '../../../support/read-compact.ts';

const context = { caller: nobody, signal: new AbortController().signal };
const object = { app_label: 'sales', model_name: 'order', pk: '1' };

/** What a caller gets of a body, as an agent unless it says otherwise. */
const seen = async (
  name: OperationName,
  body: JsonObject,
  input: object = {},
  status = 200,
): Promise<JsonObject> => {
  const upstream = withView(echoUpstream(() => ({ status, body })));
  const { pk: _, ...model } = object;
  const given = parseInput(name, { ...(name === 'list' ? model : object), ...input });
  return (await runOperation(upstream, name, given, { ...context, view: 'compact' })).body;
};

const to = { app_label: 'people', model_name: 'customer' };

const body: JsonObject = {
  app_label: 'sales',
  model_name: 'order',
  pk: 1,
  label: 'SO-1',
  permissions: { view: true, add: true, change: true, delete: true },
  save_options: { show_save: true, show_save_and_continue: true, save_as: false },
  password_change: { supported: false },
  fieldsets: [
    { title: null, fields: ['number'], field_rows: [['number']], classes: [], description: null },
    { title: 'Who', fields: ['customer'], field_rows: [['customer']], classes: ['wide'] },
  ],
  fields: {
    number: {
      type: 'string',
      label: 'Number',
      required: true,
      readonly: false,
      help_text: '',
      value: 'SO-1',
      max_length: 12,
    },
    customer: {
      type: 'foreignkey',
      label: 'Buyer',
      required: false,
      readonly: false,
      help_text: 'Who pays.',
      value: { id: 7, label: 'Ada', to },
      to,
      widget: 'autocomplete',
    },
    due_on: { type: 'date', label: 'Due on', required: false, readonly: false, value: null },
    total: { type: 'unsupported', label: 'Total', required: false, readonly: true, value: '3.00' },
    api_token: { type: 'string', label: 'Token', readonly: false, value: '••••', redacted: true },
    passcode: { type: 'string', label: 'Passcode', readonly: false, value: '', widget: 'password' },
  },
  inlines: [
    {
      name: 'lines',
      label: 'Order lines',
      kind: 'tabular',
      fk_name: 'order',
      pk_field: 'id',
      child: { app_label: 'sales', model_name: 'orderline' },
      extra: 1,
      min_num: 0,
      max_num: null,
      can_view: true,
      can_add: true,
      can_change: false,
      can_delete: null,
      fields: [
        { name: 'buyer', label: 'Buyer', readonly: false, type: 'foreignkey', required: true },
        { name: 'note', label: 'Note', readonly: false, type: 'string', required: false },
      ],
      rows: [
        { pk: 3, label: '5 of Ada', fields: { buyer: { id: 7, label: 'Ada', to }, note: '' } },
        { pk: 4, label: '1 of Bo', fields: { buyer: { id: 8, label: 'Bo', to }, note: null } },
      ],
    },
  ],
  view_on_site_url: null,
  object_actions: [],
  custom_views: [],
  empty_value_display: '-',
  time_zone: { name: null, utc_offset_minutes_today: 60 },
  version: 'f.x.y',
  notes: ['empty_value_display: the admin does not show it'],
};

describe('a compact object', () => {
  it('says what an agent needs, once', async () => {
    expect(await seen('retrieve', body)).toEqual({
      pk: 1,
      label: 'SO-1',
      permissions: 'view add change delete',
      fieldsets: [{ title: 'Who', fields: ['customer'] }],
      fields: {
        number: { required: true, value: 'SO-1', max_length: 12 },
        customer: {
          label: 'Buyer',
          help_text: 'Who pays.',
          value: { id: 7, label: 'Ada' },
          to: 'people.customer',
        },
        due_on: { type: 'date', value: null },
        total: { readonly: true, value: '3.00' },
        api_token: { value: '••••', redacted: true },
        passcode: { value: '', widget: 'password' },
      },
      inlines: [
        {
          name: 'lines',
          label: 'Order lines',
          child: 'sales.orderline',
          permissions: 'view add delete?',
          fields: [{ name: 'buyer', required: true, to: 'people.customer' }, 'note'],
          columns: ['pk', 'label', 'buyer', 'note'],
          rows: [
            [3, '5 of Ada', { id: 7, label: 'Ada' }, ''],
            [4, '1 of Bo', { id: 8, label: 'Bo' }, null],
          ],
        },
      ],
      time_zone: { utc_offset_minutes_today: 60 },
      version: 'f.x.y',
    });
  });

  it('keeps every value of every field, whatever it is', async () => {
    const values = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,8}$/),
      fc.jsonValue() as fc.Arbitrary<JsonValue>,
    );
    await fc.assert(
      fc.asyncProperty(values, values, async (own, inRows) => {
        const fields = Object.fromEntries(
          Object.entries(own).map(([name, value]) => [
            name,
            { type: 'string', label: name, required: false, readonly: false, value },
          ]),
        );
        const rows = [{ pk: 1, label: null, fields: inRows }];
        const inline = { name: 'lines', label: 'Lines', fields: [], rows };
        for (const name of ['retrieve', 'update'] as const) {
          const data = name === 'update' ? { data: {} } : {};
          const lean = await seen(name, { ...body, fields, inlines: [inline] }, data);
          const kept = Object.entries((lean['fields'] ?? {}) as JsonObject).map(
            ([field, described]) => [field, (described as JsonObject)['value']],
          );
          expect(Object.fromEntries(kept)).toEqual(own);
          const [row] = rowsOf((lean['inlines'] as JsonObject[])[0] ?? {}, 'rows');
          expect(Object.fromEntries(row ?? [])).toEqual({ ...inRows, pk: 1 });
        }
      }),
    );
  });

  it('after a write is what it holds, its version and what the admin said', async () => {
    const messages = [{ level: 'success', message: 'Saved.' }];
    const saved = { ...body, messages, adjusted: { number: 'SO-1' } };
    expect(await seen('update', saved, { data: {} })).toMatchObject({
      pk: 1,
      version: 'f.x.y',
      messages,
      adjusted: { number: 'SO-1' },
      fields: {
        number: { value: 'SO-1' },
        customer: { value: { id: 7, label: 'Ada' } },
        due_on: { value: null },
        api_token: { value: '••••', redacted: true },
      },
      inlines: [{ name: 'lines', columns: ['pk', 'label', 'buyer', 'note'] }],
    });
  });

  it('has the same form as a form to fill in, with the bounds of its controls', async () => {
    const widget = { kind: 'number', attrs: { min: '1', max: '9', class: 'vInteger', size: '10' } };
    const choices = [
      { value: 'draft', label: 'Draft' },
      { value: 'active', label: 'On sale' },
      { value: 'spring', label: 'Spring', group: 'Warm' },
    ];
    const form = {
      renderer: 'form-spec',
      fieldsets: [],
      fields: {
        pieces: { type: 'integer', label: 'Pieces', required: true, initial: null, widget },
        state: { type: 'choice', label: 'State', initial: 'draft', errors: [], choices },
      },
      variant: 'shop.forms.Form',
      version: 'f.x.y',
    };
    expect(await seen('form_spec', form)).toEqual({
      renderer: 'form-spec',
      fields: {
        pieces: {
          type: 'integer',
          required: true,
          initial: null,
          attrs: { min: '1', max: '9' },
        },
        state: {
          initial: 'draft',
          choices: ['draft', ['active', 'On sale'], ['spring', 'Spring', 'Warm']],
        },
      },
      version: 'f.x.y',
    });
  });
});

describe('the view', () => {
  it('full is the very body', async () => {
    expect(await seen('retrieve', body, { view: 'full' })).toBe(body);
  });

  it('is full for a program that says nothing', async () => {
    const upstream = withView(echoUpstream(() => ({ status: 200, body })));
    expect((await upstream.retrieve(object, context)).body).toBe(body);
  });

  it('leaves a refusal as it is', async () => {
    const refused = { error: { code: 'not_found', message: 'There is none.', fields: {} } };
    expect(await seen('retrieve', refused, {}, 404)).toBe(refused);
  });

  it('is not told to the upstream, and neither are the fields', async () => {
    const upstream = withView(echoUpstream());
    const given = parseInput('retrieve', { ...object, view: 'full' });
    const { body: echoed } = await upstream.retrieve(given, context);
    expect(echoed['input']).toEqual(object);
  });
});

describe('fields', () => {
  it('leave the named fields and inlines, beside key, label and version', async () => {
    const lean = await seen('retrieve', body, { fields: ['due_on', 'lines', 'pk'] });
    expect(Object.keys(lean).sort()).toEqual(
      ['fields', 'inlines', 'label', 'pk', 'time_zone', 'version'].sort(),
    );
    expect(lean['fields']).toEqual({ due_on: { type: 'date', value: null } });
    expect(lean['inlines']).toMatchObject([{ name: 'lines' }]);
  });

  it('narrow the full body too, and leave the rest of it as it is', async () => {
    const full = await seen('retrieve', body, { fields: ['number'], view: 'full' });
    expect(full).toEqual({
      ...body,
      fieldsets: [(body['fieldsets'] as JsonObject[])[0]],
      fields: { number: (body['fields'] as JsonObject)['number'] },
      inlines: [],
    });
  });

  it('narrow the columns of a list', async () => {
    const list = {
      columns: [{ name: 'number' }, { name: 'total' }],
      results: [{ pk: 1, version: 'r.1', label: null, fields: { number: 'a', total: 2 } }],
    };
    const input = { fields: ['total'] };
    expect(await seen('list', list, input)).toEqual({
      columns: ['pk', 'version', 'total'],
      results: [[1, 'r.1', 2]],
    });
    expect(await seen('list', list, { ...input, view: 'full' })).toEqual({
      columns: [{ name: 'total' }],
      results: [{ pk: 1, version: 'r.1', label: null, fields: { total: 2 } }],
    });
  });

  it('that there are none of are an error that names the nearest one', async () => {
    const error = await seen('retrieve', body, { fields: ['number', 'custmer'] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({
      reason: 'input',
      details: {
        errors: [{ pointer: '/fields/1', message: expect.stringContaining('"customer"') }],
      },
    });
  });

  it('of a list are no filter; a filter of that name goes into filters', () => {
    const list = { app_label: 'sales', model_name: 'order', filters: { view: 'x', fields: 'y' } };
    expect(parseInput('list', { ...list, fields: ['a'] })).toMatchObject({
      fields: ['a'],
      filters: { view: 'x', fields: 'y' },
    });
  });
});

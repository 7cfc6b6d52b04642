import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leanList } from '../../../../src/layers/view/list.ts';
import { fitBody } from '../../../../src/mcp/fit.ts';
import type { JsonObject, JsonValue } from '../../../../src/operations/json.ts';
import { cellOf, headOf, rawCellOf, rowsOf } from '../../../support/read-compact.ts';

const names = ['number', 'customer', 'placed_at', 'status', 'constructor', '__str__'];

const moment = fc
  .tuple(fc.integer({ min: 10, max: 28 }), fc.constantFrom('+00:00', '+02:00', ''))
  .map(([day, offset]) => `2024-06-${day}T09:30:15.123456${offset}`);

const ref: fc.Arbitrary<JsonValue> = fc
  .tuple(
    fc.option(fc.integer({ min: 1, max: 9 })),
    fc.string({ maxLength: 5 }),
    fc.constantFrom('order', 'customer'),
  )
  .map(([id, label, model_name]) => ({ id, label, to: { app_label: 'sales', model_name } }));

const oneOf = (value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
  fc.oneof(value, fc.constant(null));

/** Every column is of one kind, or of all. */
const cell: fc.Arbitrary<fc.Arbitrary<JsonValue>> = fc.constantFrom(
  oneOf(ref),
  oneOf(moment),
  fc.jsonValue() as fc.Arbitrary<JsonValue>,
  fc.oneof(ref, moment, fc.string(), fc.boolean(), fc.constant(null)),
);

const rowsWith = (kinds: readonly fc.Arbitrary<JsonValue>[]) =>
  fc.array(
    fc
      .tuple(
        fc.tuple(...kinds),
        fc.option(fc.string()),
        fc.integer(),
        fc.constantFrom('new', 'paid', 'New', '-2'),
      )
      .map(([cells, label, pk, raw]) => ({
        pk,
        label,
        version: `r.${pk}`,
        fields: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null])),
        raw: { status: raw },
      })),
    { maxLength: 6 },
  );

const bodies = fc
  .tuple(...names.map(() => cell))
  .chain((kinds) => rowsWith(kinds))
  .map(
    (results): JsonObject => ({
      app_label: 'sales',
      model_name: 'order',
      columns: names.map((name) => ({ name, label: name, sortable: true, editable: false })),
      filters: [],
      actions: [],
      page: 1,
      total: results.length,
      results,
      applied: { search: null, ordering: null, filters: {}, page: 1, page_size: 25 },
    }),
  );

describe('a compact list', () => {
  it('holds every key, version, label and cell of the full one', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const lean = leanList(body, false);
        const rows = rowsOf(lean);
        const full = body['results'] as JsonObject[];
        expect(rows).toHaveLength(full.length);
        for (const [index, row] of rows.entries()) {
          const { pk, version, label, fields } = full[index] ?? {};
          expect([row.get('pk'), row.get('version')]).toEqual([pk, version]);
          const cells = names.map((name) => cellOf(lean, row, name));
          expect(cells).toEqual(names.map((name) => (fields as JsonObject)[name]));
          expect([...row.values()]).toContainEqual(label ?? row.get('number'));
        }
      }),
    );
  });

  it('tells what each editable cell is written with', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const lean = leanList(body, false);
        const full = body['results'] as { raw: JsonObject; fields: JsonObject }[];
        for (const [index, row] of rowsOf(lean).entries())
          expect(String(rawCellOf(lean, row, 'status'))).toBe(String(full[index]?.raw['status']));
      }),
    );
  });

  const order = (pk: number, id: number, status: string): JsonObject => ({
    pk,
    label: null,
    version: `r.${pk}`,
    fields: {
      number: `SO-${pk}`,
      customer: { id, label: `C${id}`, to: { app_label: 'people', model_name: 'customer' } },
      placed_at: `2024-06-0${pk}T10:00:00+00:00`,
      status,
    },
    raw: { status: status.toLowerCase() },
  });

  const orders: JsonObject = {
    app_label: 'sales',
    model_name: 'order',
    verbose_name: 'order',
    pk_field: 'id',
    permissions: { view: true, add: true, change: null, delete: false },
    columns: [
      { name: 'number', label: 'Number', sortable: true, editable: false, type: 'string' },
      { name: 'customer', label: 'Customer', sortable: true, editable: false, type: 'foreignkey' },
      { name: 'placed_at', label: 'Ordered', sortable: false, editable: false, type: 'datetime' },
      { name: 'status', label: 'Status', sortable: true, editable: true, type: 'choice' },
    ],
    search_fields: null,
    filters: [
      {
        name: 'status',
        label: 'status',
        type: 'choice',
        parameters: ['status__exact'],
        choices: [
          { value: 'new', label: 'New' },
          { value: 'off', label: 'Cancelled' },
        ],
      },
      { name: 'is_paid', label: 'paid', type: 'boolean' },
    ],
    actions: [
      { name: 'mark_paid', label: 'Mark paid', description: 'Mark paid', target: 'batch' },
      { name: 'send', label: 'Send by post', description: 'Send by post', target: 'detail' },
    ],
    page: 1,
    page_size: 25,
    num_pages: 1,
    total: 2,
    full_count: 2,
    empty_value_display: '-',
    results: [order(2, 7, 'New'), order(1, 8, 'Sent')],
    applied: { search: null, ordering: null, filters: {}, page: 1, page_size: 25 },
    notes: [
      'object_name: the admin does not show it',
      'results.fields: foreign keys have an id only where a filter of this list tells it',
    ],
  };

  it('says everything once', () => {
    expect(leanList(orders, false)).toEqual({
      permissions: 'view add change?',
      search_fields: null,
      filters: [
        { name: 'status', choices: ['new', ['off', 'Cancelled']] },
        { name: 'is_paid', type: 'boolean' },
      ],
      actions: ['mark_paid', { name: 'send', label: 'Send by post', target: 'detail' }],
      page: 1,
      page_size: 25,
      num_pages: 1,
      total: 2,
      editable: ['status'],
      unsortable: ['placed_at'],
      columns: [
        'pk',
        'version',
        'number',
        { name: 'customer', to: 'people.customer' },
        { name: 'placed_at', label: 'Ordered', utc_offset: '+00:00' },
        { name: 'status', raw: { New: 'new', Sent: 'sent' } },
      ],
      results: [
        [2, 'r.2', 'SO-2', [7, 'C7'], '2024-06-02T10:00:00', 'New'],
        [1, 'r.1', 'SO-1', [8, 'C8'], '2024-06-01T10:00:00', 'Sent'],
      ],
      notes: ['results.fields: foreign keys have an id only where a filter of this list tells it'],
    });
  });

  it('has its rows alone where the columns were named', () => {
    expect(Object.keys(leanList(orders, true)).sort()).toEqual(
      ['columns', 'notes', 'num_pages', 'page', 'page_size', 'results', 'total'].sort(),
    );
  });

  it('lists thirty choices and how many there are beyond', () => {
    const choices = Array.from({ length: 200 }, (_, i) => ({ value: i, label: `L${i}` }));
    const body = { ...orders, filters: [{ name: 'country', label: 'country', choices }] };
    const [filter] = leanList(body, false)['filters'] as [{ choices: unknown[] }];
    expect(filter.choices).toHaveLength(30);
    expect(filter).toMatchObject({ more_choices: 170 });
  });

  it('is cut between rows, never within one', () => {
    const long = 'x'.repeat(3000);
    const rows = Array.from({ length: 10 }, (_, i) => order(i, i, long));
    const fitted = fitBody(leanList({ ...orders, results: rows }, false), 15_000);
    const left = rowsOf(fitted);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(10);
    expect(fitted['truncated']).toMatchObject([{ at: '/results', of: 10 }]);
    expect(headOf(fitted, 'customer')).toEqual({ name: 'customer', to: 'people.customer' });
  });
});

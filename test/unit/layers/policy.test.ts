import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serves } from '../../../src/layers/policy/models.ts';
import {
  narrowedRules,
  type PolicySettings,
  standingRules,
} from '../../../src/layers/policy/rules.ts';
import { withPolicy } from '../../../src/layers/policy.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { operationNames } from '../../../src/operations/facts.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { writingOperations } from '../../../src/operations/read-only.ts';
import {
  type Answer,
  type Narrowing,
  runOperation,
  type Upstream,
} from '../../../src/operations/upstream.ts';
import { calls, model } from '../../support/calls.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

const open: PolicySettings = {
  READ_ONLY: false,
  MODELS: [],
  EXCLUDE_MODELS: [],
  EXCLUDE_FIELDS: [],
  MAX_ROWS: 1000,
};

interface Policy extends Partial<PolicySettings> {
  readonly disabled?: readonly OperationName[];
}

const governed = ({ disabled = [], ...settings }: Policy, upstream: Upstream = echoUpstream()) =>
  withPolicy(standingRules({ ...open, ...settings }, new Set(disabled)), upstream);

const run = (
  upstream: Upstream,
  name: OperationName,
  given: object,
  narrowing?: Narrowing,
): Promise<Answer> =>
  runOperation(upstream, name, parseInput(name, given), {
    caller: nobody,
    signal: AbortSignal.timeout(5_000),
    ...(narrowing === undefined ? {} : { narrowing }),
  });

const outcome = async (...call: Parameters<typeof run>): Promise<string> => {
  try {
    return `${(await run(...call)).status}`;
  } catch (error) {
    if (error instanceof GatewayError) return error.reason;
    throw error;
  }
};

const errorOf = async (...call: Parameters<typeof run>): Promise<GatewayError> => {
  const error = await run(...call).catch((thrown: unknown) => thrown);
  if (error instanceof GatewayError) return error;
  throw new Error(`expected a GatewayError, got ${JSON.stringify(error)}`);
};

/** What reaches the upstream, call by call, and what it is to say. */
const watched = (bodies: { readonly [Name in OperationName]?: JsonObject } = {}) => {
  const seen: string[] = [];
  const upstream = echoUpstream((name, input) => {
    seen.push(name);
    return { status: 200, body: bodies[name as OperationName] ?? { input: input as JsonObject } };
  });
  return { seen, upstream };
};

const oddKeys = ['bulk', 'add', 'autocomplete', 'actions', '../1', '1/delete', '1/', '0'];

describe('a disabled operation', () => {
  it.each(operationNames)('%s is refused, whatever its key is', async (name) => {
    const upstream = governed({ disabled: [name] });
    expect(await outcome(upstream, name, calls[name])).toBe('forbidden');
    if (!('pk' in calls[name])) return;
    for (const pk of oddKeys)
      expect(await outcome(upstream, name, { ...calls[name], pk })).toBe('forbidden');
  });

  it.each([
    ['update', 'form_submit', calls.form_submit],
    ['create', 'form_submit', { ...model, data: {} }],
    ['update', 'bulk_update', calls.bulk_update],
    ['destroy', 'action', { ...model, action_name: 'delete_selected', pks: ['1'] }],
  ] as const)('%s has no back door through %s', async (disabled, name, given) => {
    expect(await outcome(governed({ disabled: [disabled] }), name, given)).toBe('forbidden');
    const narrowing = { disabledTools: [`admin.${disabled}`] };
    expect(await outcome(governed({}), name, given, narrowing)).toBe('forbidden');
  });

  it('leaves the others alone', async () => {
    const upstream = governed({ disabled: ['destroy'] });
    for (const name of operationNames.filter((each) => each !== 'destroy'))
      expect(await outcome(upstream, name, calls[name])).toBe('200');
    expect(await outcome(upstream, 'form_submit', { ...model, data: {} })).toBe('200');
  });
});

describe('a read-only gateway', () => {
  const writing = [...writingOperations];

  it('counts as writing whatever is not plainly a reading', () => {
    expect(writing.toSorted()).toEqual(
      [
        'action',
        'bulk_update',
        'create',
        'destroy',
        'form_submit',
        'panel',
        'set_password',
        'update',
      ].toSorted(),
    );
  });

  it.each(writing)('never lets %s through, by any key, dry or not', async (name) => {
    const { seen, upstream } = watched();
    const given = calls[name];
    const dry = name === 'set_password' || name === 'panel' ? [] : [{ ...given, dry_run: true }];
    const keyed = 'pk' in given ? oddKeys.map((pk) => ({ ...given, pk })) : [];
    const listed = 'pks' in given ? oddKeys.map((pk) => ({ ...given, pks: [pk] })) : [];
    for (const each of [given, ...dry, ...keyed, ...listed]) {
      const error = await errorOf(governed({ READ_ONLY: true }, upstream), name, each);
      expect([error.status, error.message]).toEqual([403, expect.stringContaining('read-only')]);
      expect(error.hint).not.toMatch(/READ_ONLY|--/);
      const narrowed = await errorOf(governed({}, upstream), name, each, { readOnly: true });
      expect(narrowed.message).toBe(error.message);
    }
    expect(seen).toEqual([]);
  });

  it('reads on', async () => {
    for (const name of operationNames.filter((each) => !writingOperations.has(each)))
      expect(await outcome(governed({ READ_ONLY: true }), name, calls[name])).toBe('200');
  });
});

describe('a model that is not served', () => {
  const withModel = operationNames.filter((name) => 'app_label' in calls[name]);

  it.each(withModel)('%s is asked for a model that no site has', async (name) => {
    const { upstream } = watched({ list: { total: 1 } });
    for (const settings of [
      { EXCLUDE_MODELS: ['auth.*'] },
      { EXCLUDE_MODELS: ['*.user'] },
      { EXCLUDE_MODELS: ['AUTH'] },
      { MODELS: ['sales.*', 'auth.group'] },
      { MODELS: ['auth.*'], EXCLUDE_MODELS: ['auth.us*'] },
    ]) {
      const asked: unknown[] = [];
      const spying = echoUpstream((each, input, context) => {
        asked.push(input);
        return upstream[each as OperationName](input as never, context as never);
      });
      await run(governed(settings, spying), name, calls[name]);
      expect(asked.length).toBeGreaterThan(0);
      for (const input of asked)
        if (Object.keys(input as object).length > 0)
          expect(input).toMatchObject({ app_label: '_', model_name: '_' });
    }
  });

  it('is gone from the registry, with its app, and from recent actions', async () => {
    const entry = (app: string, name: string) => ({
      app_label: 'group',
      real_app_label: app,
      model_name: name,
    });
    const { upstream } = watched({
      registry: {
        apps: [
          { app_label: 'auth', models: [entry('auth', 'user')] },
          { app_label: 'group', models: [entry('auth', 'group'), entry('sales', 'order')] },
        ],
      },
      recent_actions: {
        actions: [
          { object_repr: 'a', target: { app_label: 'auth', model_name: 'user', pk: 1 } },
          { object_repr: 'b', target: { app_label: 'sales', model_name: 'order', pk: 1 } },
          { object_repr: 'c', target: null },
        ],
      },
    });
    const policy = governed({ EXCLUDE_MODELS: ['auth'] }, upstream);
    const registry = await run(policy, 'registry', {});
    expect(registry.body).toEqual({
      apps: [{ app_label: 'group', models: [entry('sales', 'order')] }],
    });
    const { body } = await run(policy, 'recent_actions', {});
    expect(body['actions']).toEqual([expect.objectContaining({ object_repr: 'b' })]);
  });
});

describe('a narrowed request', () => {
  const glob = fc.constantFrom('*', '*.*', 'auth', 'auth.*', 'auth.user', '*.user', 'sales.o*');
  const globs = fc.array(glob, { maxLength: 3 });
  const models = [
    { app_label: 'auth', model_name: 'user' },
    { app_label: 'auth', model_name: 'group' },
    { app_label: 'sales', model_name: 'order' },
  ];

  it('is never served a model that the settings do not serve', () => {
    fc.assert(
      fc.property(globs, globs, globs, globs, (MODELS, EXCLUDE_MODELS, served, excludeModels) => {
        const standing = standingRules({ ...open, MODELS, EXCLUDE_MODELS }, new Set());
        const narrowed = narrowedRules(standing, { models: served, excludeModels });
        for (const each of models)
          if (serves(narrowed, each)) expect(serves(standing, each)).toBe(true);
      }),
    );
  });

  it('never gets more rows, and never writes where the settings do not', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (READ_ONLY, readOnly, MAX_ROWS, maxRows) => {
          const standing = standingRules({ ...open, READ_ONLY, MAX_ROWS }, new Set(['destroy']));
          const narrowed = narrowedRules(standing, { readOnly, maxRows, disabledTools: ['list'] });
          expect(narrowed.maxRows).toBe(Math.min(MAX_ROWS, maxRows));
          expect(narrowed.readOnly).toBe(READ_ONLY || readOnly);
          expect([...narrowed.disabled]).toEqual(['destroy', 'list']);
        },
      ),
    );
  });
});

describe('a hidden field', () => {
  const person = { app_label: 'people', model_name: 'person' };
  const hiding = (upstream?: Upstream) =>
    governed({ EXCLUDE_FIELDS: ['*.*.salary', 'people.person.boss'] }, upstream);

  it.each([
    ['create', { ...person, data: { name: 'a', salary: 1 } }],
    ['update', { ...person, pk: '1', data: { salary: 1 } }],
    ['update', { ...person, pk: '1', data: { boss: 1 } }],
    ['form_submit', { ...person, data: {}, query: { salary: '1' } }],
    ['form_spec', { ...person, query: { salary: '1' } }],
    ['add_form', { ...person, query: { boss: '1' } }],
    ['bulk_update', { ...person, pks: ['1'], data: { salary: 1 } }],
    [
      'bulk_update',
      {
        ...person,
        updates: [
          { pk: '1', fields: { name: 'a' } },
          { pk: '2', fields: { salary: 1 } },
        ],
      },
    ],
    ['action', { ...person, pks: ['1'], action_name: 'x', inputs: { salary: 1 } }],
  ] as const)('is no field to %s', async (name, given) => {
    const { seen, upstream } = watched();
    const { status, body } = await run(hiding(upstream), name, given);
    expect(status).toBe(400);
    expect(Object.values((body['error'] as JsonObject)['fields'] ?? {})).toEqual([
      ['There is no such field.'],
    ]);
    expect(seen).toEqual([]);
  });

  it.each([
    'salary',
    'salary__gte',
    'boss_id',
    'boss__id__exact',
    'boss__name',
    'team__lead__salary__lt',
    'manager__salary',
  ])('is no filter, as %s', async (filter) => {
    const { seen, upstream } = watched();
    for (const call of [
      ['list', { ...person, [filter]: 1 }],
      ['list', { ...person, filters: { [filter]: 1 } }],
      ['action', { ...person, action_name: 'x', select_across: true, filters: { [filter]: 1 } }],
    ] as const) {
      const [name, given] = call;
      const { status, body } = await run(hiding(upstream), name, given);
      expect([status, (body['error'] as JsonObject)['code']]).toEqual([400, 'unknown_filter']);
    }
    expect(seen).toEqual([]);
  });

  it.each(['salary', '-salary', 'name,-salary', 'boss__name'])(
    'is no order, as %s',
    async (ordering) => {
      const { status } = await run(hiding(), 'list', { ...person, ordering });
      expect(status).toBe(400);
    },
  );

  it('is not what the list is divided by, nor a filter under another name', async () => {
    const { upstream } = watched({
      list: {
        filters: [{ name: 'pay', parameters: ['salary__gte', 'salary__lt'] }],
        date_hierarchy: { field: 'salary', active: {}, buckets: [] },
        results: [{ pk: 1, fields: { name: 'a', salary: 5 } }],
      },
    });
    for (const filter of ['pay', 'year'])
      expect(await outcome(hiding(upstream), 'list', { ...person, [filter]: 1 })).toBe('400');
    const { body } = await run(hiding(upstream), 'list', person);
    expect(body).toEqual({
      filters: [],
      date_hierarchy: null,
      results: [{ pk: 1, fields: { name: 'a' } }],
    });
  });

  it('is left out of every part of an answer, and values of others stay as they are', async () => {
    const value = { salary: 'is what this JSON field holds', fields: { salary: 1 } };
    const { upstream } = watched({
      update: {
        fieldsets: [
          { title: null, fields: ['name', 'salary'], field_rows: [['name', 'salary'], ['salary']] },
          { title: 'Pay', fields: ['salary'], field_rows: [['salary']] },
        ],
        fields: { name: { value }, salary: { value: 5 } },
        adjusted: { salary: 5, name: 'A' },
        also_changed: [{ name: 'salary', old: 1, new: 2 }],
        prepopulated_fields: { slug: ['name'] },
        inlines: [
          {
            name: 'children',
            label: 'Children',
            child: { app_label: 'people', model_name: 'child' },
            fields: [{ name: 'name' }, { name: 'salary' }],
            rows: [{ pk: 1, fields: { name: 'b', salary: 1, boss: 2 } }],
          },
        ],
      },
    });
    const { body } = await run(hiding(upstream), 'update', { ...person, pk: '1', data: {} });
    expect(body).toEqual({
      fieldsets: [{ title: null, fields: ['name'], field_rows: [['name']] }],
      fields: { name: { value } },
      adjusted: { name: 'A' },
      also_changed: [],
      prepopulated_fields: { slug: ['name'] },
      inlines: [
        {
          name: 'children',
          label: 'Children',
          child: { app_label: 'people', model_name: 'child' },
          fields: [{ name: 'name' }],
          rows: [{ pk: 1, fields: { name: 'b', boss: 2 } }],
        },
      ],
    });
  });

  it('is not given away by an error', async () => {
    const upstream = echoUpstream((name) => {
      if (name === 'destroy')
        throw new GatewayError('unsupported', 'No.', { details: { fields: { salary: 'lost' } } });
      return {
        status: 400,
        body: {
          error: {
            code: 'validation_failed',
            message: 'No "salry". Did you mean "salary"?',
            fields: { salary: ['Required.'], salry: ['None. Known: name, salary.'] },
            sortable: ['name', 'salary'],
          },
        },
      };
    });
    const call = { ...person, pk: '1', data: {} };
    expect((await run(hiding(upstream), 'update', call)).body['error']).toEqual({
      code: 'validation_failed',
      message: 'No "salry".',
      fields: {
        '': ['The admin also refuses a field that this gateway does not serve.'],
        salry: ['None. Known: name.'],
      },
      sortable: ['name'],
    });
    const error = await errorOf(hiding(upstream), 'destroy', { ...person, pk: '1' });
    expect(JSON.stringify(error)).not.toContain('salary');
  });

  it('cannot be set as a password', async () => {
    const policy = governed({ EXCLUDE_FIELDS: ['auth.user.password'] });
    expect(await outcome(policy, 'set_password', calls.set_password)).toBe('400');
  });
});

describe('rows of inlines', () => {
  const order = { app_label: 'sales', model_name: 'order', pk: '1' };
  const form: JsonObject = {
    inlines: [
      { name: 'payments', label: 'Payments', child: null, fields: [], rows: [] },
      {
        name: 'lines',
        label: 'Lines',
        child: { app_label: 'sales', model_name: 'orderline' },
        fields: [],
        rows: [],
      },
    ],
  };

  const refused = async (settings: Policy, inlines: JsonObject) => {
    const { upstream } = watched({ retrieve: form });
    const { status, body } = await run(governed(settings, upstream), 'update', {
      ...order,
      data: { inlines },
    });
    return status === 400 ? Object.keys((body['error'] as JsonObject)['fields'] ?? {}) : status;
  };

  it('are refused where their model is not served, by its name where that is all there is', async () => {
    const rows = {
      payments: [{ amount: 1 }],
      lines: { items: [{ pk: 1, fields: { note: 'a' } }] },
    };
    expect(await refused({ EXCLUDE_MODELS: ['sales.payment'] }, rows)).toEqual([
      'inlines.payments',
    ]);
    expect(await refused({ EXCLUDE_MODELS: ['*.orderline'] }, rows)).toEqual(['inlines.lines']);
    expect(await refused({ MODELS: ['sales.order', 'sales.payment'] }, rows)).toEqual([
      'inlines.lines',
    ]);
    expect(await refused({ EXCLUDE_FIELDS: ['sales.order.payments'] }, rows)).toEqual([
      'inlines.payments',
    ]);
    expect(await refused({ EXCLUDE_MODELS: ['auth.*'] }, rows)).toBe(200);
  });

  it('take no hidden field, however the row is written', async () => {
    const rows = {
      payments: [{ amount: 1 }],
      lines: { items: [{ pk: 1, fields: { note: 'a' } }] },
    };
    expect(await refused({ EXCLUDE_FIELDS: ['sales.payment.amount'] }, rows)).toEqual([
      'payments.0.amount',
    ]);
    expect(await refused({ EXCLUDE_FIELDS: ['sales.orderline.note'] }, rows)).toEqual([
      'lines.0.note',
    ]);
  });
});

describe('what changed meanwhile', () => {
  const order = { app_label: 'sales', model_name: 'order', pk: '1', data: {} };
  const child = (model_name: string) => ({ app_label: 'sales', model_name });
  const retrieve: JsonObject = {
    inlines: [
      { name: 'order_set', label: 'Bills', child: child('payment'), fields: [], rows: [] },
      { name: 'order_set', label: 'Lines', child: child('orderline'), fields: [], rows: [] },
    ],
  };
  const changed = [
    { name: 'status', label: 'Status', now: 'new' },
    { name: 'salary', label: 'Salary', now: 5 },
    { name: 'order_set', label: 'Bills', now: [{ pk: 1, fields: { amount: 1 } }] },
    { name: 'order_set', label: 'Lines', now: [{ pk: 1, fields: { note: 'a', salary: 5 } }] },
  ];
  const settings = { EXCLUDE_MODELS: ['sales.payment'], EXCLUDE_FIELDS: ['*.*.salary'] };
  const kept = [
    { name: 'status', label: 'Status', now: 'new' },
    { name: 'order_set', label: 'Lines', now: [{ pk: 1, fields: { note: 'a' } }] },
  ];

  const answering = (status: number, body: JsonObject) =>
    echoUpstream((name) =>
      name === 'retrieve' ? { status: 200, body: retrieve } : { status, body },
    );

  it('is told of an object without what is hidden', async () => {
    const upstream = answering(409, { error: { code: 'conflict', message: 'No.' }, changed });
    const { body } = await run(governed(settings, upstream), 'update', order);
    expect(body['changed']).toEqual(kept);
  });

  it('is told of many objects without what is hidden', async () => {
    const conflicts = [{ pk: '1', version: 'x', changed }];
    const upstream = answering(409, { error: { code: 'conflict', message: 'No.' }, conflicts });
    const given = { ...model, ...child('order'), pks: ['1'], data: {} };
    const { body } = await run(governed(settings, upstream), 'bulk_update', given);
    expect(body['conflicts']).toEqual([{ pk: '1', version: 'x', changed: kept }]);
  });

  it('is told after a save without what is hidden', async () => {
    const upstream = answering(200, {
      ...retrieve,
      also_changed: { order_set: [{ pk: 1, fields: {} }], salary: 5, tags: [{ id: 1 }] },
    });
    const { body } = await run(governed(settings, upstream), 'update', order);
    // Two inlines share the name, and one of them is not served.
    expect(body['also_changed']).toEqual({ tags: [{ id: 1 }] });
  });

  it('is told where the inlines cannot be read again', async () => {
    const upstream = echoUpstream((name) => {
      if (name === 'retrieve') throw new GatewayError('timeout', 'Too slow.');
      return { status: 409, body: { error: { code: 'partly_saved' }, changed } };
    });
    const { status } = await run(governed(settings, upstream), 'update', order);
    expect(status).toBe(409);
  });
});

describe('most rows', () => {
  it.each([
    ['list', { ...model, page_size: 100 }, 'page_size'],
    ['autocomplete', { ...model, page_size: 50 }, 'page_size'],
    ['history', { ...model, pk: '1', page_size: 100 }, 'page_size'],
    ['recent_actions', { limit: 100 }, 'limit'],
  ] as const)('hold for %s', async (name, given, size) => {
    const { body } = await run(governed({ MAX_ROWS: 7 }), name, given);
    expect((body['input'] as JsonObject)[size]).toBe(7);
  });

  it("cut the admin's own page where it is longer", async () => {
    const asked: unknown[] = [];
    const upstream = echoUpstream((_, input) => {
      const { page_size } = input as { page_size?: number };
      asked.push(page_size);
      const results = Array.from({ length: page_size ?? 100 }, () => ({ pk: 1 }));
      return { status: 200, body: { results } };
    });
    const { body } = await run(governed({ MAX_ROWS: 7 }, upstream), 'list', model);
    expect([asked, (body['results'] as unknown[]).length]).toEqual([[undefined, 7], 7]);
  });

  it.each(['bulk_update', 'action'] as const)('refuse a longer %s', async (name) => {
    const { seen, upstream } = watched();
    const given = { ...calls[name], pks: ['1', '2', '3'] };
    const error = await errorOf(governed({ MAX_ROWS: 2 }, upstream), name, given);
    expect([error.status, error.message]).toEqual([400, expect.stringContaining('at most 2')]);
    expect(seen).toEqual([]);
    expect(await outcome(governed({ MAX_ROWS: 3 }, upstream), name, given)).toBe('200');
  });

  it('refuse an action on all that match where these are more, or not counted', async () => {
    const given = { ...model, action_name: 'x', select_across: true };
    for (const [total, expected] of [
      [2, '200'],
      [3, 'input'],
      [null, 'input'],
    ] as const) {
      const { seen, upstream } = watched({ list: { total } });
      expect(await outcome(governed({ MAX_ROWS: 2 }, upstream), 'action', given)).toBe(expected);
      expect(seen).toEqual(expected === '200' ? ['list', 'action'] : ['list']);
    }
  });
});

describe('a delete', () => {
  const order = { app_label: 'sales', model_name: 'order', pk: '1' };
  const entry = (app_label: string, model_name: string, plural: string) => ({
    app_label,
    real_app_label: app_label,
    model_name,
    verbose_name: null,
    verbose_name_plural: plural,
  });
  const registry: JsonObject = {
    apps: [
      { models: [entry('sales', 'order', 'Orders'), entry('sales', 'orderline', 'Order lines')] },
      { models: [entry('sales', 'invoice', 'Invoices'), entry('auth', 'user', 'Users')] },
    ],
  };
  const retrieve: JsonObject = {
    inlines: [{ name: 'payments', label: 'Payments', child: null, fields: [], rows: [] }],
  };
  const preview = (cascade: readonly string[], more: JsonObject = {}): JsonObject => ({
    cascade: cascade.map((name) => ({ model: name, count: 1 })),
    protected: [],
    perms_needed: [],
    ...more,
  });

  const deletes = async (settings: Policy, shown: JsonObject) => {
    const { seen, upstream } = watched({ registry, retrieve, delete_preview: shown });
    const policy = governed(settings, upstream);
    const selected = { ...order, pks: ['1'], action_name: 'delete_selected', pk: undefined };
    const outcomes = [
      await outcome(policy, 'destroy', order),
      await outcome(policy, 'delete_preview', order),
      await outcome(policy, 'action', JSON.parse(JSON.stringify(selected))),
    ];
    return { outcomes, ran: seen.filter((name) => name === 'destroy' || name === 'action') };
  };

  const allowed = { outcomes: ['200', '200', '200'], ran: ['destroy', 'action'] };
  const refused = { outcomes: ['forbidden', 'forbidden', 'forbidden'], ran: [] };

  it('goes through where all that goes with it is served', async () => {
    const shown = preview(['Orders', 'Order lines', 'orderline-tag relationships', 'Payments']);
    expect(await deletes({ EXCLUDE_MODELS: ['auth'] }, shown)).toEqual(allowed);
    expect(await deletes({ MODELS: ['sales'] }, shown)).toEqual(allowed);
  });

  it.each([
    ['an excluded kind', ['sales.orderline'], preview(['orders', 'order lines'])],
    ['a link that belongs to one', ['auth'], preview(['Orders', 'user-order relationships'])],
    ['a kind that nothing names', ['auth'], preview(['Orders', 'Secrets'])],
    ['an excluded inline', ['*.payment'], preview(['Orders', 'Payments'])],
    ['one that protects it', ['*.invoice'], preview([], { protected: ['Invoice: INV-1'] })],
    ['one without permission', ['*.invoice'], preview([], { perms_needed: ['invoice'] })],
    [
      'an excluded object in the tree',
      ['auth.group'],
      preview(['Orders'], {
        tree: [
          {
            model: 'Order',
            target: { ...order },
            children: [{ model: 'X', target: { app_label: 'auth', model_name: 'group', pk: 1 } }],
          },
        ],
      }),
    ],
  ] as const)('is refused for %s', async (_, EXCLUDE_MODELS, shown) => {
    expect(await deletes({ EXCLUDE_MODELS }, shown)).toEqual(refused);
  });

  it('names no record when it is refused, and is not made for all that match', async () => {
    const shown = preview([], { protected: ['Invoice: INV-1'] });
    const { upstream } = watched({ registry, delete_preview: shown, list: { total: 1 } });
    const policy = governed({ EXCLUDE_MODELS: ['*.invoice'] }, upstream);
    expect(JSON.stringify(await errorOf(policy, 'destroy', order))).not.toContain('INV');
    const { pk: _, ...ref } = order;
    const all = { ...ref, action_name: 'delete_selected', select_across: true };
    expect((await errorOf(policy, 'action', all)).reason).toBe('forbidden');
  });
});

describe('the log of an object', () => {
  const product = { app_label: 'catalog', model_name: 'product', pk: '1' };
  const retrieve: JsonObject = {
    fields: { price: { label: 'Price' }, cost: { label: 'Buying price' } },
    inlines: [
      { name: 'n', label: 'Notes', child: { app_label: 'ops', model_name: 'note' }, fields: [] },
      {
        name: 'r',
        label: 'Reviews',
        child: { app_label: 'catalog', model_name: 'review' },
        fields: [{ name: 'mail', label: 'E-mail' }],
      },
    ],
  };
  const entry = (human: string, structured: JsonObject[] | null = null): JsonObject => ({
    change_message_human: human,
    change_message_structured: structured,
  });
  const told = async (settings: Policy, ...entries: JsonObject[]) => {
    const { upstream } = watched({ retrieve, history: { entries } });
    const { body } = await run(governed(settings, upstream), 'history', product);
    return (body['entries'] as JsonObject[]).map((each) => [
      String(each['change_message_human']).startsWith('(Left out')
        ? 'left out'
        : each['change_message_human'],
      each['change_message_structured'],
    ]);
  };

  it('does not name hidden fields', async () => {
    const settings = { EXCLUDE_FIELDS: ['*.*.cost'] };
    expect(
      await told(
        settings,
        entry('Changed Buying price and Price.'),
        entry('Changed Price.'),
        entry('Changed both.', [{ changed: { fields: ['Price', 'Buying price'] } }]),
      ),
    ).toEqual([
      ['left out', null],
      ['Changed Price.', null],
      ['left out', [{ changed: { fields: ['Price'] } }]],
    ]);
  });

  it('does not name rows of inlines that are not served', async () => {
    expect(
      await told(
        { EXCLUDE_MODELS: ['ops'] },
        entry('Added note “N”.'),
        entry('Added note “N”.', [{ added: { name: 'note', object: 'N' } }]),
        entry('Added review “R”.', [{ added: { name: 'review', object: 'R' } }]),
      ),
    ).toEqual([
      ['left out', null],
      ['left out', []],
      ['Added review “R”.', [{ added: { name: 'review', object: 'R' } }]],
    ]);
  });
});

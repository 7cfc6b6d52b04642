import { expect, it } from 'vitest';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject, JsonValue } from '../../../src/operations/json.ts';
import { describeShops, type LiveShop, oneSeries } from '../support/live-shop.ts';
import { at, bare, list, stockOf, type Tables } from './stock-shop.ts';

const minutes = (count: number): number => count * 60_000;

/** Columns that the project itself sets whenever it saves, or reads. */
const automatic = new Set(['updated_at', 'changed_at', 'modified_at', 'last_login', 'times_read']);

/** Rows of each model that are changed; the seeded edge cases are among the first. */
const rowsTried = 3;

interface Difference {
  readonly table: string;
  readonly pk: string;
  readonly column: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

const differences = (before: Tables, after: Tables): Difference[] =>
  Object.entries(before).flatMap(([table, rows]) =>
    Object.entries(rows).flatMap(([pk, row]) =>
      Object.entries(row).flatMap(([column, value]) => {
        const now = after[table]?.[pk]?.[column];
        return JSON.stringify(now) === JSON.stringify(value)
          ? []
          : [{ table, pk, column, before: value, after: now }];
      }),
    ),
  );

interface Change {
  readonly name: string;
  readonly value: JsonValue;
}

/** A field that may be set to something else, and to what. */
const changeOf = (body: JsonObject, isAllowed: (name: string) => boolean): Change | undefined => {
  for (const [name, field] of Object.entries(at(body, 'fields') as Record<string, JsonObject>)) {
    if (field['readonly'] === true || !isAllowed(name)) continue;
    const { type, value } = field;
    if (type === 'boolean' && typeof value === 'boolean') return { name, value: !value };
    if (type === 'integer' && typeof value === 'number') return { name, value: value + 1 };
    if (
      type === 'string' &&
      name !== 'slug' &&
      typeof value === 'string' &&
      field['widget'] === undefined &&
      !/code|sku|word|number|email|url|ip|reference|duration|lead_time|estimate/.test(name)
    )
      return { name, value: `${value.trim().slice(0, 20)} x` };
    if (type === 'decimal' && typeof value === 'string')
      return { name, value: (Number(value) + 1).toFixed(Number(field['decimal_places'] ?? 0)) };
  }
  return undefined;
};

/** A page that the project draws by hand tells no fields. */
const nothingWhereUnsupported = (error: unknown): undefined => {
  if (!(error instanceof GatewayError) || error.reason !== 'unsupported') throw error;
};

/** Each write is followed by a look at the whole database: minutes for one Django. */

interface Row {
  readonly app_label: string;
  readonly model_name: string;
  readonly pk: string | number;
}

/** A way to set one field of one object. */
interface Way {
  readonly operation: 'update' | 'form_submit' | 'bulk_update';
  readonly argumentsOf: (row: Row, change: Change) => JsonObject;
  /** Whether it can set any field, or only those that the list lets people edit. */
  readonly setsAny: boolean;
  /** The models to try it on, where not all. */
  readonly only?: readonly string[];
  /** How many are done at least, so that not everything can be refused. */
  readonly done: number;
}

const inForm: Way['argumentsOf'] = (row, { name, value }) => ({ ...row, data: { [name]: value } });

const ways: readonly Way[] = [
  { operation: 'update', argumentsOf: inForm, setsAny: true, done: 40 },
  {
    operation: 'form_submit',
    argumentsOf: inForm,
    setsAny: true,
    // It saves as update does; these have fields with secret-looking names.
    only: ['sales.channel', 'sales.pricelist', 'ops.mailbox'],
    done: 4,
  },
  {
    operation: 'bulk_update',
    argumentsOf: ({ pk, ...model }, { name, value }) => ({
      ...model,
      updates: [{ pk, fields: { [name]: value } }],
    }),
    setsAny: false,
    done: 15,
  },
];

const writes = (live: () => LiveShop): void => {
  const { ok, run } = stockOf(live);
  const everything = async (): Promise<Tables> =>
    (await live().inspector.ask({ dump: true }))['tables'] as Tables;

  /** What came of a write, in a line. */
  const attempt = async ({ operation, argumentsOf }: Way, row: Row, change: Change) => {
    try {
      const { answer } = await run('admin', operation, argumentsOf(row, change));
      return `${answer.status} ${JSON.stringify(answer.body['error'] ?? '')}`;
    } catch (error) {
      if (!(error instanceof GatewayError) || error.reason !== 'unsupported') throw error;
      return `${error.reason} ${Object.keys((error.details?.['fields'] as object | undefined) ?? {})}`;
    }
  };

  it.each(ways)(
    '$operation leaves every other column byte-identical, or is refused with a reason',
    async (way) => {
      const registry = await ok('admin', 'registry', {});
      const models = list(registry, 'apps').flatMap((app) => list(app, 'models'));
      const told: string[] = [];
      const harm: string[] = [];
      let before = await everything();
      for (const { real_app_label, model_name } of models) {
        const model = { app_label: String(real_app_label), model_name: String(model_name) };
        const table = `${model.app_label}.${model.model_name === 'featuredproduct' ? 'product' : model.model_name}`;
        if (way.only?.includes(table) === false) continue;
        const rows = await ok('admin', 'list', { ...model, page_size: rowsTried });
        const inList = list(rows, 'columns').flatMap(({ name, editable }) =>
          editable === true ? [String(name)] : [],
        );
        if (!way.setsAny && inList.length === 0) continue;
        const isAllowed = (name: string): boolean => way.setsAny || inList.includes(name);
        for (const { pk } of list(rows, 'results')) {
          if (pk === null || pk === undefined) continue;
          const row = { ...model, pk: pk as string | number };
          const change = await ok('admin', 'retrieve', row).then(
            (body) => changeOf(body, isAllowed),
            nothingWhereUnsupported,
          );
          if (change === undefined) {
            told.push(`${table} ${pk}: nothing to change`);
            continue;
          }
          told.push(`${table} ${pk} ${change.name}: ${await attempt(way, row, change)}`);
          const after = await everything();
          for (const each of differences(before, after)) {
            const isMeant =
              each.table === table && each.pk === String(pk) && each.column === change.name;
            if (!isMeant && !automatic.has(each.column))
              harm.push(`${told.at(-1)} => ${JSON.stringify(each)}`);
          }
          before = after;
        }
      }
      if (process.env['TELL'] !== undefined) console.log(told.join('\n'));
      expect(harm).toEqual([]);
      expect(told.filter((line) => line.includes(': 200')).length).toBeGreaterThan(way.done);
    },
    minutes(10),
  );
};

await describeShops('stock: a change of one field', bare, writes, oneSeries);

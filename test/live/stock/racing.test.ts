import { expect, it } from 'vitest';
import type { Caller } from '../../../src/django/caller.ts';
import { withOneWriter } from '../../../src/layers/one-writer.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation, type Upstream } from '../../../src/operations/upstream.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { createSessionCaller } from '../../../src/session/session-caller.ts';
import { createStockUpstream } from '../../../src/stock/upstream.ts';
import { describeShops, djangoSeries, type LiveShop, password } from '../support/live-shop.ts';
import { at, list } from './stock-shop.ts';

const withRest = { extras: ['rest-api'] as const, env: { SHOP_REST_API: '1' } };

/** Losses after which a writer gives up; each one is another writer's win. */
const maxTries = 40;

type Call = (name: OperationName, args: JsonObject) => Promise<Answer>;

const callBy =
  (upstream: Upstream, caller: Caller): Call =>
  (name, args) =>
    runOperation(upstream, name, parseInput(name, args), {
      caller,
      signal: AbortSignal.timeout(60_000),
    });

const next = (value: JsonValue | undefined): JsonValue =>
  typeof value === 'number' ? value + 1 : `${value}+`;

interface Told {
  readonly saved: number;
  readonly conflicts: number;
}

interface Seen {
  readonly value: JsonValue | undefined;
  readonly version: string;
}

const read = async (call: Call, ref: JsonObject, field: string): Promise<Seen> => {
  const { body } = await call('retrieve', ref);
  return { value: at(body, 'fields', field, 'value'), version: String(body['version']) };
};

/** What a conflict says is there now; undefined where it cannot name what changed. */
const seenIn = ({ body }: Answer, field: string, { value }: Seen): Seen | undefined => {
  if (body['changed'] === null) return undefined;
  const own = list(body, 'changed').find(({ name }) => name === field);
  return { value: own === undefined ? value : own['now'], version: String(body['version']) };
};

/** Adds one to a field of an object with the version that it was read with, until that is told as saved. */
const countUp = async (call: Call, ref: JsonObject, field: string): Promise<Told> => {
  let seen = await read(call, ref, field);
  for (let conflicts = 0; conflicts < maxTries; conflicts += 1) {
    const { value, version } = seen;
    const answer = await call('update', { ...ref, data: { [field]: next(value) }, version });
    if (answer.status === 200) return { saved: 1, conflicts };
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    seen = seenIn(answer, field, seen) ?? (await read(call, ref, field));
  }
  return { saved: 0, conflicts: maxTries };
};

/** Writers take turns at the callers and at the fields. */
const race = async (
  upstream: Upstream,
  callers: readonly Caller[],
  ref: JsonObject,
  fields: readonly string[],
  writers: number,
): Promise<Told> => {
  const told = await Promise.all(
    Array.from({ length: writers }, (_, i) => {
      const caller = callers[i % callers.length];
      const field = fields[Math.floor(i / callers.length) % fields.length];
      if (caller === undefined || field === undefined) throw new Error('nobody, or nothing');
      return countUp(callBy(upstream, caller), ref, field);
    }),
  );
  return {
    saved: told.reduce((sum, { saved }) => sum + saved, 0),
    conflicts: told.reduce((sum, { conflicts }) => sum + conflicts, 0),
  };
};

const anotherSession = ({ client }: LiveShop): Caller =>
  createSessionCaller({
    client,
    credentials: async () => ({ username: 'admin', password }),
    signInHint: 'Log in again.',
  });

const category = { app_label: 'catalog', model_name: 'category' };

const upstreams = [
  ['stock', createStockUpstream, 4],
  ['rest', createRestUpstream, 5],
] as const;

/** Who comes first is decided here, not in Django: one of them is enough. */
const series = djangoSeries.includes('5.2') ? (['5.2'] as const) : djangoSeries.slice(0, 1);

await describeShops(
  'many writers of one object',
  withRest,
  (live) => {
    const stored = async (model: string, pk: number, fields: string[]): Promise<JsonObject> => {
      const { rows } = await live().inspector.ask({ model, filter: { pk }, fields });
      return (rows as JsonObject[])[0] ?? {};
    };

    it.each(upstreams)(
      'lose nothing that they were told was saved: %s',
      async (_, create, pk) => {
        const position = async (): Promise<number> =>
          Number((await stored('catalog.category', pk, ['position']))['position']);
        const before = await position();
        const upstream = withOneWriter(create());
        const callers = [live().as('admin'), anotherSession(live())];
        const { saved, conflicts } = await race(
          upstream,
          callers,
          { ...category, pk },
          ['position'],
          12,
        );
        expect(saved).toBe(12);
        expect(conflicts).toBeGreaterThan(0);
        expect(await position()).toBe(before + saved);
      },
      120_000,
    );

    it.each(upstreams)(
      'lose nothing of one another in different fields: %s',
      async (_, create, pk) => {
        const fields = ['position', 'name'];
        const before = await stored('catalog.category', pk, fields);
        const callers = [live().as('admin'), anotherSession(live())];
        const upstream = withOneWriter(create());
        const { saved } = await race(upstream, callers, { ...category, pk }, fields, 8);
        expect(saved).toBe(8);
        expect(await stored('catalog.category', pk, fields)).toEqual({
          position: Number(before['position']) + 4,
          name: `${before['name']}${'+'.repeat(4)}`,
        });
      },
      120_000,
    );

    it('are one after another without versions too, whoever they are', async () => {
      const upstream = withOneWriter(createStockUpstream());
      const ref = { app_label: 'catalog', model_name: 'product', pk: 4 };
      const sent: string[] = [];
      const watched = (caller: Caller, name: string): Caller => ({
        ...caller,
        send: (request, signal) => {
          sent.push(name);
          return caller.send(request, signal);
        },
      });
      await Promise.all([
        callBy(upstream, watched(live().as('admin'), 'admin'))('update', {
          ...ref,
          data: { stock: 5 },
        }),
        callBy(upstream, watched(live().as('clerk'), 'clerk'))('update', {
          ...ref,
          data: { min_order: 6 },
        }),
      ]);
      expect(sent).toEqual([...sent].sort());
      expect(await stored('catalog.product', 4, ['stock', 'min_order'])).toEqual({
        stock: 5,
        min_order: 6,
      });
    });
  },
  series,
);

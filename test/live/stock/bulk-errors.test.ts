import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Input } from '../../../src/operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import type { Answer } from '../../../src/operations/upstream.ts';
import { createStockUpstream } from '../../../src/stock/upstream.ts';
import { describeShops } from '../support/live-shop.ts';
import { type Between, during } from './during.ts';
import { bare, list, stockOf } from './stock-shop.ts';

const category = { app_label: 'catalog', model_name: 'category' };

/** More than a list shows at once, 200, and fewer than a form has room for. */
const manyCategories = 230;

await describeShops('stock: errors of many rows at once', bare, (live) => {
  const { rows } = stockOf(live);
  const upstream = createStockUpstream();
  const ask = (request: object) => live().inspector.ask(request);
  const made: number[] = [];

  beforeAll(async () => {
    for (let i = 0; i < manyCategories; i += 1) {
      const values = { name: `Many ${i}`, slug: `many-${i}` };
      made.push(Number((await ask({ create: { model: 'catalog.category', values } }))['pk']));
    }
  });

  afterAll(async () => {
    await ask({ delete: { model: 'catalog.category', filter: { pk__in: made } } });
  });

  const bulk = async (args: JsonObject, between: Between = () => undefined) => {
    const call = during(live().as('admin'), between, AbortSignal.timeout(120_000));
    const input = parseInput('bulk_update', args) as Input<'bulk_update'>;
    const answer = await upstream.bulk_update(input, call.context);
    const posts = call.requests.filter(({ method }) => method === 'POST').length;
    return { answer, posts };
  };

  /** The keys of rows with errors, and the fields that these are about. */
  const faultsIn = ({ body }: Answer): JsonValue[][] =>
    list(body, 'results').flatMap(({ pk, error }) =>
      error === undefined ? [] : [[pk ?? null, ...Object.keys(Object(error).fields)]],
    );

  const positions = (pks: readonly number[], wrong: readonly number[], position = 41) => ({
    ...category,
    updates: pks.map((pk) => ({ pk, fields: { position: wrong.includes(pk) ? -1 : position } })),
  });

  const moved = async (): Promise<number> =>
    (await rows('catalog.category', { pk__in: made, position__gt: 40 }, ['id'])).length;

  it('tells errors of rows that are not on the first page of the list', async () => {
    const pks = made.slice(0, 150);
    const wrong = [made[2], made[140], made[149]] as number[];
    const { answer, posts } = await bulk(positions(pks, wrong));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'validation_failed' } } });
    expect(faultsIn(answer)).toEqual(wrong.map((pk) => [pk, 'position']));
    expect(posts).toBe(1);
    expect(await moved()).toBe(0);
  });

  it('tells the errors of all rows of a form that no list shows as a whole, and saves none', async () => {
    for (const wrong of [
      [made[5], made[225]],
      [made[229], made[200]],
    ] as number[][]) {
      const { answer, posts } = await bulk(positions(made, wrong));
      expect(answer.status).toBe(400);
      expect(faultsIn(answer)).toEqual(
        wrong.toSorted((a, b) => a - b).map((pk) => [pk, 'position']),
      );
      expect(answer.body['summary']).toEqual({ accepted: 0, rejected: manyCategories });
      expect(posts).toBe(2);
    }
    expect(await moved()).toBe(0);
  });

  it('tells which row of such a form was gone', async () => {
    const values = { name: 'Fleeting', slug: 'fleeting' };
    const pk = Number((await ask({ create: { model: 'catalog.category', values } }))['pk']);
    // Among the keys of the first reading, so that the form is sent all the same.
    const { answer, posts } = await bulk(positions([pk, ...made], []), async ({ method }) => {
      if (method === 'GET') await ask({ delete: { model: 'catalog.category', filter: { pk } } });
    });
    expect(answer.status).toBe(400);
    expect(list(answer.body, 'results').filter(({ error }) => error !== undefined)).toMatchObject([
      { pk, error: { code: 'not_found' } },
    ]);
    expect(posts).toBe(2);
    expect(await moved()).toBe(0);
  });

  it('looks through a list that shows few rows at a time, all of which it posts each time', async () => {
    const review = { app_label: 'catalog', model_name: 'review' };
    const stored = await rows('catalog.review', {}, ['id', 'is_hidden']);
    const toggled = stored.map(({ id, is_hidden }) => ({
      pk: Number(id),
      fields: { is_hidden: is_hidden !== true },
    }));
    const pk = toggled.at(-1)?.pk ?? 0;
    // Pages of 10, and 50 at most with all rows on one.
    let pages = toggled.length / 10;
    const { answer, posts } = await bulk({ ...review, updates: toggled }, async ({ method }) => {
      if (method !== 'GET') return;
      pages -= 1;
      if (pages === 0) await ask({ delete: { model: 'catalog.review', filter: { pk } } });
    });
    expect(toggled).toHaveLength(60);
    expect(posts).toBe(6);
    const results = list(answer.body, 'results');
    expect(results.filter(({ error }) => error !== undefined)).toMatchObject([
      { pk, error: { code: 'not_found' } },
    ]);
    expect(results[0]).toMatchObject({ ok: false, rolled_back: true });
    expect(await rows('catalog.review', {}, ['id', 'is_hidden'])).toEqual(stored.slice(0, -1));
  });

  it('says that a form was saved which was right by the time its other rows were looked at', async () => {
    const [id = 0] = made;
    let posts = 0;
    const { answer } = await bulk(positions(made, []), async ({ method }) => {
      if (method === 'GET' && posts === 0)
        await ask({ delete: { model: 'catalog.category', filter: { pk: id } } });
      if (method !== 'POST') return;
      posts += 1;
      const values = { id, name: 'Back again', slug: 'back-again' };
      if (posts === 1) await ask({ create: { model: 'catalog.category', values } });
    });
    expect(posts).toBe(2);
    expect(answer).toMatchObject({ status: 200, body: { summary: { accepted: manyCategories } } });
    expect(await moved()).toBe(manyCategories);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { withConfirmation } from '../../../src/layers/confirmation.ts';
import { withRenewal } from '../../../src/layers/renewal.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation } from '../../../src/operations/upstream.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { signingKeyOf } from '../../../src/signing.ts';
import { createStockUpstream } from '../../../src/stock/upstream.ts';
import { describeShops, oneSeries, type UserName } from '../support/live-shop.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };
const user = { app_label: 'auth', model_name: 'user' };

const tokenIn = ({ body }: Answer): string => String(body['confirm_token']);
const questionIn = ({ body }: Answer): string => String(body['question']);
const codeOf = ({ status, body }: Answer): JsonValue[] => {
  const { error } = body;
  return [status, isJsonObject(error) ? (error['code'] ?? null) : null];
};

/** Rows of the shop that a test may use up; another one for each upstream. */
const rows = {
  stock: { tags: ['6', '7'], orders: ['31', '32', '33'], user: '5' },
  rest: { tags: ['8', '9'], orders: ['41', '42', '43'], user: '6' },
} as const;

const shop = { extras: ['rest-api'], env: { SHOP_REST_API: '1' } };

await describeShops(
  'what has to be agreed to',
  shop,
  (live) => {
    describe.each([
      ['stock', createStockUpstream],
      ['rest', createRestUpstream],
    ] as const)('upstream %s', (name, create) => {
      const mine = rows[name];
      const key = signingKeyOf(null);
      const upstream = withConfirmation(
        { when: 'auto', rows: 2, seconds: 60, key },
        withRenewal(create()),
      );

      const run = (operation: OperationName, given: object, as: UserName = 'admin') =>
        runOperation(upstream, operation, parseInput(operation, given), {
          caller: live().as(as),
          signal: AbortSignal.timeout(30_000),
        });

      const digest = async (): Promise<JsonValue> =>
        (await live().inspector.ask({ digest: true }))['digest'] as JsonValue;

      const set = (model: string, pk: string, values: JsonObject) =>
        live().inspector.ask({ set: { model, filter: { pk }, values } });

      const count = async (model: string, filter: JsonObject): Promise<unknown> =>
        (await live().inspector.ask({ count: model, filter }))['count'];

      /** What a call answers that must change nothing. */
      const unchanged = async (call: () => Promise<Answer>): Promise<Answer> => {
        const before = await digest();
        const answer = await call();
        expect(await digest()).toEqual(before);
        return answer;
      };

      // A login changes the user who logs in, which is none of the calls' doing.
      beforeAll(async () => {
        for (const as of ['admin', 'clerk', 'viewer'] as const) await run('registry', {}, as);
      });

      it('a delete is shown with all that goes with it, and done once', async () => {
        const [pk] = mine.orders;
        const first = await unchanged(() => run('destroy', { ...order, pk }));
        expect(codeOf(first)).toEqual([428, 'confirmation_required']);
        expect(questionIn(first)).toContain(`Delete sales.order "`);
        expect(questionIn(first).toLowerCase()).toMatch(/2 × "order lines"/);
        const confirm_token = tokenIn(first);
        const done = await run('destroy', { ...order, pk, confirm_token });
        expect(done).toMatchObject({ status: 200, body: { deleted: true } });
        expect(await count('sales.order', { pk })).toBe(0);
        const again = await unchanged(() => run('destroy', { ...order, pk, confirm_token }));
        expect(codeOf(again)).toEqual([404, 'not_found']);
      });

      it('a delete is not done when the object was changed meanwhile', async () => {
        const [pk] = mine.tags;
        const confirm_token = tokenIn(await run('destroy', { ...tag, pk }));
        await set('catalog.tag', pk, { slug: `changed-meanwhile-${name}` });
        const second = await unchanged(() => run('destroy', { ...tag, pk, confirm_token }));
        expect(codeOf(second)).toEqual([409, 'conflict']);
      });

      it('what the admin refuses is answered by the admin, and nobody is asked', async () => {
        const refused = await unchanged(async () => {
          expect(codeOf(await run('destroy', { ...order, pk: '1' }))).toEqual([409, 'protected']);
          expect(codeOf(await run('destroy', { ...order, pk: '999' }))[0]).toBe(404);
          expect(codeOf(await run('destroy', { ...order, pk: '50' }, 'clerk'))[0]).toBe(403);
          expect(codeOf(await run('destroy', { ...tag, pk: '1' }, 'viewer'))[0]).toBe(403);
          const password = 'walnut-shelf-19';
          expect(
            codeOf(await run('set_password', { ...user, pk: '5', password }, 'viewer'))[0],
          ).toBe(403);
          return run('set_password', { ...product, pk: '1', password });
        });
        expect(codeOf(refused)[0]).toBe(404);
      });

      it('a password is set once, and shown to nobody', async () => {
        const given = { ...user, pk: mine.user, password: 'walnut-shelf-19' };
        const first = await unchanged(() => run('set_password', given));
        expect(codeOf(first)).toEqual([428, 'confirmation_required']);
        expect(JSON.stringify(first)).not.toContain('walnut');
        const confirm_token = tokenIn(first);
        const other = await unchanged(() =>
          run('set_password', { ...given, password: 'another-one-19', confirm_token }),
        );
        expect(codeOf(other)).toEqual([403, 'not_confirmed']);
        expect((await run('set_password', { ...given, confirm_token })).status).toBe(200);
        // The log of the user tells a gateway that never saw the token that it was used.
        const replica = withConfirmation(
          { when: 'auto', rows: 2, seconds: 60, key },
          withRenewal(create()),
        );
        const again = await unchanged(() =>
          replica.set_password(
            { ...given, confirm_token },
            { caller: live().as('admin'), signal: AbortSignal.timeout(30_000) },
          ),
        );
        // Through the HTML admin this session is another one since: Django rotates its key.
        expect(codeOf(again)).toEqual(
          name === 'stock' ? [403, 'not_confirmed'] : [409, 'conflict'],
        );
      });

      it('a bulk update of many is shown with its objects and values', async () => {
        const bulk = {
          app_label: 'catalog',
          model_name: 'category',
          pks: ['1', '2', '3'],
          data: { position: name === 'stock' ? 41 : 42 },
        };
        const first = await unchanged(() => run('bulk_update', bulk));
        expect(codeOf(first)).toEqual([428, 'confirmation_required']);
        expect(questionIn(first)).toContain('Change 3 objects of catalog.category: "');
        expect(questionIn(first)).toContain('"position" = "4');
        const done = await run('bulk_update', { ...bulk, confirm_token: tokenIn(first) });
        expect(done).toMatchObject({ status: 200, body: { summary: { accepted: 3 } } });
      });

      it('a bulk update of different values is shown row by row', async () => {
        const from = name === 'stock' ? 51 : 61;
        const updates = ['1', '2', '3'].map((pk, i) => ({ pk, fields: { position: from + i } }));
        const bulk = { app_label: 'catalog', model_name: 'category', updates };
        const first = await unchanged(() => run('bulk_update', bulk));
        expect(codeOf(first)).toEqual([428, 'confirmation_required']);
        for (const { fields } of updates)
          expect(questionIn(first)).toContain(`": "position" = "${fields.position}"`);
        const [one, ...others] = updates;
        const other = { ...bulk, updates: [...others, { ...one, fields: { position: 1 } }] };
        const confirm_token = tokenIn(first);
        const refused = await unchanged(() => run('bulk_update', { ...other, confirm_token }));
        expect(codeOf(refused)).toEqual([403, 'not_confirmed']);
        const done = await run('bulk_update', { ...bulk, confirm_token });
        expect(done).toMatchObject({ status: 200, body: { summary: { accepted: 3 } } });
        for (const { pk, fields } of updates)
          expect(await count('catalog.category', { pk, ...fields })).toBe(1);
      });

      it('deleting the selected needs the token that came with the page', async () => {
        const pks = mine.orders.slice(1);
        const call = { ...order, action_name: 'delete_selected', pks };
        const first = await unchanged(() => run('action', call));
        expect(first).toMatchObject({
          status: 200,
          body: { executed: false, confirmation: { can_delete: true }, expires_in: 60 },
        });
        const bare = await unchanged(() => run('action', { ...call, confirmed: true }));
        expect(bare.body).toMatchObject({ executed: false, confirm_token: expect.any(String) });
        const forged = await unchanged(() =>
          run('action', { ...call, confirmed: true, confirm_token: `${tokenIn(first)}x` }),
        );
        expect(codeOf(forged)).toEqual([403, 'not_confirmed']);
        const more = await unchanged(() =>
          run('action', { ...call, pks: [...pks, '45'], confirm_token: tokenIn(first) }),
        );
        expect(codeOf(more)).toEqual([403, 'not_confirmed']);
        const done = await run('action', { ...call, confirm_token: tokenIn(first) });
        expect(done).toMatchObject({ status: 200, body: { executed: true } });
        expect(await count('sales.order', { pk__in: [...pks] })).toBe(0);
      });

      it('selected objects that changed meanwhile are not deleted', async () => {
        const [, pk] = mine.tags;
        const call = { ...tag, action_name: 'delete_selected', pks: [pk] };
        const confirm_token = tokenIn(await run('action', call));
        await set('catalog.tag', pk, { slug: `also-changed-${name}` });
        const second = await unchanged(() => run('action', { ...call, confirm_token }));
        expect(codeOf(second)).toEqual([409, 'conflict']);
      });

      it('selected objects that are protected come with no token', async () => {
        const call = { ...order, action_name: 'delete_selected', pks: ['1', '2'] };
        for (const confirmed of [false, true]) {
          const answer = await unchanged(() => run('action', { ...call, confirmed }));
          expect(answer.body).not.toHaveProperty('confirm_token');
        }
      });

      it('an action that the admin runs at once is run at once', async () => {
        const [pk] = name === 'stock' ? ['51'] : ['52'];
        const done = await run('action', { ...order, action_name: 'mark_paid', pks: [pk] });
        expect(done).toMatchObject({ status: 200, body: { executed: true } });
        expect(await count('sales.order', { pk, is_paid: true })).toBe(1);
      });
    });

    describe('what only stock can know', () => {
      const upstream = withConfirmation(
        { when: 'auto', rows: 2, seconds: 60, key: signingKeyOf(null) },
        withRenewal(createStockUpstream()),
      );
      const discount = { ...product, action_name: 'discount', pks: ['9'] };
      const run = (given: object, asked = false) =>
        runOperation(upstream, 'action', parseInput('action', { ...discount, ...given }), {
          caller: live().as('admin'),
          signal: AbortSignal.timeout(30_000),
          ...(asked ? { person: {} } : {}),
        });
      const price = async () =>
        (await live().inspector.ask({ model: 'catalog.product', filter: { pk: 9 } }))['rows'];

      it('rows that would not be saved: nobody is asked', async () => {
        const category = { app_label: 'catalog', model_name: 'category' };
        const wrong = await upstream.bulk_update(
          parseInput('bulk_update', {
            ...category,
            pks: ['1', '2', '3'],
            data: { position: 'no number' },
          }),
          { caller: live().as('admin'), signal: AbortSignal.timeout(30_000) },
        );
        expect(codeOf(wrong)).toEqual([400, 'validation_failed']);
      });

      it.each([false, true])(
        'a page of an action is filled in before anybody is asked (person: %s)',
        async (asked) => {
          const before = await price();
          for (const given of [{}, { inputs: { percent: 10 } }, { confirmed: true }]) {
            const answer = await run(given, asked);
            expect(answer).toMatchObject({ status: 200, body: { executed: false } });
            expect(answer.body['note']).toMatch(/percent|reason/);
            expect(answer.body).not.toHaveProperty('confirm_token');
            expect(answer.question).toBeUndefined();
          }
          expect(await price()).toEqual(before);
        },
      );

      it('a page of an action is sent as it was filled in, and no other way', async () => {
        const before = await price();
        const given = { confirmed: true, inputs: { percent: 10, reason: 'worn' } };
        const first = await run(given);
        expect(questionIn(first)).toContain('"percent" = "10", "reason" = "worn"');
        expect(questionIn(first)).toContain('These products become cheaper');
        const confirm_token = tokenIn(first);
        const other = await run({ ...given, inputs: { percent: 90 }, confirm_token });
        expect(codeOf(other)).toEqual([403, 'not_confirmed']);
        expect(await price()).toEqual(before);
        expect((await run({ ...given, confirm_token })).body).toMatchObject({ executed: true });
        expect(await price()).not.toEqual(before);
      });
    });
  },
  oneSeries,
);

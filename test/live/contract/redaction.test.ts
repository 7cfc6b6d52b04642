import { describe, expect, it } from 'vitest';
import { options } from '../../../src/config/options.ts';
import { mask } from '../../../src/layers/redaction/mask.ts';
import { withRedaction } from '../../../src/layers/redaction.ts';
import { withRenewal } from '../../../src/layers/renewal.ts';
import { withVisibleText } from '../../../src/layers/visible.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation, type Upstream } from '../../../src/operations/upstream.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { createStockUpstream } from '../../../src/stock/upstream.ts';
import { describeShops, type LiveOptions, type LiveShop, oneSeries } from '../support/live-shop.ts';

const channel = { app_label: 'sales', model_name: 'channel' };
const pricelist = { app_label: 'sales', model_name: 'pricelist' };
const tag = { app_label: 'catalog', model_name: 'tag' };
const user = { app_label: 'auth', model_name: 'user' };

const seeded = /demo-channel|demo-partner|Renewed in March|#oakshop/;
/** As Django's hashers write one, and not one of the seeded. */
const hash = 'pbkdf2_sha256$870000$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNo=';

/** The columns of a list, and the cells of one of them. */
const listed = (answer: Answer | undefined, column: string) => {
  const { columns, results } = answer?.body ?? {};
  const cells = (results as { fields: JsonObject }[]).map(({ fields }) => fields[column]);
  return { columns, cells };
};

const describeMasking = (
  name: 'stock' | 'rest',
  create: () => Upstream,
  options_: LiveOptions,
): Promise<void> =>
  describeShops(
    `what an agent is shown, upstream ${name}`,
    options_,
    (live) => {
      const bare = withRenewal(create());
      const upstream = withVisibleText(withRedaction(options.REDACT_FIELDS.default, bare));

      const call = (
        operation: OperationName,
        given: object,
        through: Upstream = upstream,
      ): Promise<Answer> =>
        runOperation(through, operation, parseInput(operation, given), {
          caller: live().as('admin'),
          signal: AbortSignal.timeout(30_000),
        });

      const rowOf = async (model: string, pk: number): Promise<JsonObject> => {
        const { rows } = await live().inspector.ask({ model, filter: { pk } });
        const [row] = rows as JsonObject[];
        return row ?? {};
      };

      const set = ({ inspector }: LiveShop, model: string, pk: number, values: object) =>
        inspector.ask({ set: { model, filter: { pk }, values } });

      describe('secret-looking fields', () => {
        it('are masked in a list, on an object, in its inlines and on forms', async () => {
          const seen = [
            await call('list', channel),
            await call('retrieve', { ...channel, pk: 1 }),
            await call('retrieve', { ...pricelist, pk: 3 }),
            await call('add_form', channel),
            await call('list', user),
            await call('retrieve', { ...user, pk: 2 }),
            ...(name === 'stock' ? [await call('form_spec', { ...channel, pk: 1 })] : []),
          ];
          expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 200));
          expect(JSON.stringify(seen)).not.toMatch(seeded);
          expect(JSON.stringify(seen)).not.toMatch(/pbkdf2|\*{6}/);
          const { columns, cells } = listed(seen[0], 'api_token');
          expect(columns).toContainEqual(
            expect.objectContaining({ name: 'api_token', redacted: true }),
          );
          // Channel 2 has none, which is no secret.
          expect(cells.filter((cell) => cell === mask)).toHaveLength(2);
        });

        it('are shown where the operator says so', async () => {
          const open = withRedaction([], bare);
          expect(JSON.stringify((await call('list', channel, open)).body)).toMatch(seeded);
        });

        it('are no way to filter or order a list', async () => {
          for (const given of [
            { filters: { api_token__startswith: 'demo' } },
            { ordering: '-api_token' },
          ]) {
            const { status, body } = await call('list', { ...channel, ...given });
            expect([status, body['results']]).toEqual([400, undefined]);
          }
        });

        it('are not overwritten by their mask', async () => {
          const before = await rowOf('sales.channel', 1);
          const data = { name: 'Masked', api_token: mask };
          const { status, body } = await call('update', { ...channel, pk: 1, data });
          expect(status).toBe(400);
          expect(body['error']).toMatchObject({ fields: { api_token: [expect.any(String)] } });
          expect(await rowOf('sales.channel', 1)).toEqual(before);
        });

        if (name === 'stock')
          it('keep their value when the form is saved, and take a new one without showing it', async () => {
            const before = await rowOf('sales.channel', 1);
            const renamed = await call('update', {
              ...channel,
              pk: 1,
              data: { name: 'Web shop 2' },
            });
            expect(renamed.status).toBe(200);
            expect(await rowOf('sales.channel', 1)).toEqual({ ...before, name: 'Web shop 2' });
            const data = { api_token: 'fresh-canary' };
            const plan = await call('update', { ...channel, pk: 1, data, dry_run: true });
            expect(plan.body['changes']).toEqual([
              expect.objectContaining({ name: 'api_token', old: mask, new: mask, redacted: true }),
            ]);
            const changed = await call('update', { ...channel, pk: 1, data });
            expect(changed.body['fields']).toMatchObject({ api_token: { value: mask } });
            expect(JSON.stringify([plan, changed])).not.toContain('canary');
            expect(await rowOf('sales.channel', 1)).toMatchObject({ api_token: 'fresh-canary' });

            const now = await rowOf('sales.channel', 1);
            const submitted = await call('form_submit', {
              ...channel,
              pk: 1,
              data: { name: 'Web' },
            });
            expect(submitted.status).toBe(200);
            expect(await rowOf('sales.channel', 1)).toEqual({ ...now, name: 'Web' });
            const updates = [
              { pk: 1, fields: { hashtag: '#canary' } },
              { pk: 2, fields: { api_token: 'canary-2' } },
            ];
            const other = await rowOf('sales.channel', 2);
            const many = await call('bulk_update', { ...channel, updates });
            expect(many).toMatchObject({ status: 200, body: { summary: { accepted: 2 } } });
            expect(JSON.stringify([submitted, many])).not.toContain('canary');
            expect([await rowOf('sales.channel', 1), await rowOf('sales.channel', 2)]).toEqual([
              { ...now, name: 'Web', hashtag: '#canary' },
              { ...other, api_token: 'canary-2' },
            ]);
          });
        else
          it('are left to the HTML admin, since the package would empty them', async () => {
            const data = { name: 'Web shop 2' };
            await expect(call('update', { ...channel, pk: 1, data })).rejects.toMatchObject({
              reason: 'unsupported',
            });
          });
      });

      it('masks a password hash wherever somebody put one', async () => {
        await set(live(), 'sales.channel', 2, { name: hash });
        await set(live(), 'people.customer', 1, { notes: `Old hash: ${hash}` });
        const customer = { app_label: 'people', model_name: 'customer', pk: 1 };
        const seen = [await call('list', channel), await call('retrieve', customer)];
        expect(JSON.stringify(seen)).not.toContain('aGFzaGhhc2');
        expect(seen[1]?.body['fields']).toMatchObject({ notes: { value: `Old hash: ${mask}` } });
      });

      describe('text of records', () => {
        const strange = 'Sale\u202e ⟨U+202E⟩ \u200b\u{e0049}\u{e0067} می‌خواهم ❤️';
        const shown = 'Sale⟨U+202E⟩ ⟨U+27E8⟩U+202E⟩ ⟨U+200B⟩⟨U+E0049⟩⟨U+E0067⟩ می‌خواهم ❤️';

        it('is shown with what it hides, in lists, objects and by search', async () => {
          await set(live(), 'catalog.tag', 4, { name: strange });
          const object = await call('retrieve', { ...tag, pk: 4 });
          expect(object.body).toMatchObject({ label: shown, fields: { name: { value: shown } } });
          const found = await call('list', { ...tag, search: 'Sale⟨U+202E⟩' });
          expect(found.body['total']).toBe(1);
          expect(JSON.stringify(found.body['results'])).toContain(shown);
        });

        it('is not changed when what was read is written back', async () => {
          await set(live(), 'catalog.tag', 5, { name: `${strange} too` });
          const data = { name: `${shown} too`, slug: 'written-back' };
          const { status } = await call('update', { ...tag, pk: 5, data });
          expect(status).toBe(200);
          expect(await rowOf('catalog.tag', 5)).toMatchObject({
            name: `${strange} too`,
            slug: 'written-back',
          });
        });

        it('is freed of the markup that a column puts around it', async () => {
          const product = { app_label: 'catalog', model_name: 'product' };
          const seen = [await call('list', product), await call('retrieve', { ...product, pk: 1 })];
          expect(JSON.stringify(seen)).not.toMatch(/"html":|<(?:b|span|strong)\b/);
          expect(listed(seen[0], 'badge').cells[0]).toEqual(expect.stringMatching(/\S/));
        });
      });
    },
    oneSeries,
  );

await describeMasking('stock', createStockUpstream, { env: { SHOP_REST_API: '0' } });
await describeMasking('rest', createRestUpstream, {
  extras: ['rest-api'],
  env: { SHOP_REST_API: '1' },
});

import { encode } from 'gpt-tokenizer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import type { Gateway } from '../../../src/library.ts';
import { silentLog } from '../../../src/log.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { objectsIn } from '../../../src/operations/json.ts';
import { rowsOf } from '../../support/read-compact.ts';
import { callTool } from '../http/mcp-client.ts';
import { describeShops, oneSeries } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';
import { type Agent, agentOf, fieldOf, find, named } from './compact-agent.ts';

const tokensOf = (body: unknown): number => encode(JSON.stringify(body)).length;

const order = { app_label: 'sales', model_name: 'order' };
const product = { app_label: 'catalog', model_name: 'product' };

await describeShops(
  'compact answers',
  { extras: ['rest-api'], env: { SHOP_REST_API: '1', SHOP_CROWD: '30' } },
  (live) => {
    const stored = async (model: string, filter: JsonObject): Promise<JsonObject> => {
      const { rows } = await live().inspector.ask({ model, filter });
      return (rows as JsonObject[])[0] ?? {};
    };
    const count = async (model: string, filter: JsonObject): Promise<unknown> =>
      (await live().inspector.ask({ count: model, filter }))['count'];

    describe.each(['stock', 'rest'] as const)('are all that it takes, upstream %s', (UPSTREAM) => {
      let gateway: Gateway;
      let agent: Agent;
      let word: string;

      beforeAll(async () => {
        word = `oak & ${UPSTREAM}`;
        const file = { ADMIN_SITE: live().shop.adminUrl, UPSTREAM };
        gateway = gatewayOf(loadSettings({ file }), silentLog);
        agent = agentOf(gateway, await sessionOf(live(), 'admin'));
      });
      afterAll(() => gateway.close());

      /** The keyword of these tests, as it is now. */
      const retrieve = async () => {
        const { permissions: _, ...model } = await agent.model('keyword');
        const at = { ...model, pk: word };
        return { at, body: await agent.call('retrieve', at) };
      };

      it('to create, with a key of a related object', async () => {
        const { permissions, ...model } = await agent.model('keyword');
        expect(permissions).toMatch(/^view add change delete\??$/);
        const form = await agent.call('add_form', model);
        expect(fieldOf(form, 'word')).toMatchObject({ required: true });
        expect(fieldOf(form, 'weight')).toMatchObject({ type: 'integer', value: 1 });
        const broader = await agent.keyOf(fieldOf(form, 'broader'), 'plain');
        const data = { word, weight: 4, broader };
        const made = await agent.call('create', { ...model, data });
        expect(made).toMatchObject({ pk: word, fields: { weight: { value: 4 } } });
        expect(await stored('lab.keyword', { pk: word })).toMatchObject({
          weight: 4,
          broader: 'plain',
        });
      });

      it('to update what was read, and only that', async () => {
        const { at, body } = await retrieve();
        const { version } = body;
        expect(fieldOf(body, 'word')).toMatchObject({ readonly: true, value: word });
        const { id } = fieldOf(body, 'broader')['value'] as JsonObject;
        expect(id).toBe('plain');
        const done = await agent.call('update', { ...at, version, data: { meaning: 'x' } });
        expect(done['version']).not.toBe(version);
        expect(await stored('lab.keyword', { pk: word })).toMatchObject({
          meaning: 'x',
          broader: 'plain',
        });
        const late = await callTool(gateway, await sessionOf(live(), 'admin'), 'admin_update', {
          ...at,
          version,
          data: { meaning: 'y' },
        });
        expect(late.body.error.code).toBe('conflict');
      });

      it('to add, change and delete rows of an inline', async () => {
        const write = async (rowsFor: (inline: JsonObject) => readonly object[]) => {
          const { at, body } = await retrieve();
          const [inline] = objectsIn(body['inlines']);
          if (inline === undefined) throw new Error('There is no inline.');
          const inlines = { [String(inline['name'])]: { items: rowsFor(inline) } };
          await agent.call('update', { ...at, version: body['version'], data: { inlines } });
        };
        const fieldIn = (inline: JsonObject): string =>
          String(named(inline['fields']).find(({ required }) => required === true)?.['name']);
        const first = (inline: JsonObject) => rowsOf(inline, 'rows')[0];
        await write((inline) => {
          expect(inline['permissions']).toMatch(/add/);
          return [{ fields: { [fieldIn(inline)]: 'Added.' } }];
        });
        expect(await stored('lab.keyworduse', { keyword: word })).toMatchObject({
          sentence: 'Added.',
        });
        await write((inline) => {
          expect(first(inline)?.get(fieldIn(inline))).toBe('Added.');
          return [{ pk: first(inline)?.get('pk'), fields: { [fieldIn(inline)]: 'Changed.' } }];
        });
        expect(await stored('lab.keyworduse', { keyword: word })).toMatchObject({
          sentence: 'Changed.',
        });
        await write((inline) => [{ pk: first(inline)?.get('pk'), DELETE: true }]);
        expect(await count('lab.keyworduse', { keyword: word })).toBe(0);
      });

      it('to submit a form', async () => {
        const { at } = await retrieve();
        const form = await agent.call('form_spec', at);
        expect(fieldOf(form, 'meaning')['initial']).toBe('x');
        const { version } = form;
        await agent.call('form_submit', { ...at, version, data: { meaning: 'submitted' } });
        expect((await stored('lab.keyword', { pk: word }))['meaning']).toBe('submitted');
      });

      it('to set columns of many, if they are as they were read', async () => {
        const { permissions: _, ...model } = await agent.model('category');
        const list = await agent.call('list', { ...model, page_size: 2 });
        expect(list['editable']).toContain('position');
        const rows = rowsOf(list);
        const pks = rows.map((row) => row.get('pk'));
        const versions = Object.fromEntries(rows.map((row) => [row.get('pk'), row.get('version')]));
        const position = UPSTREAM === 'stock' ? 77 : 78;
        const bulk = { ...model, pks, versions, data: { position } };
        expect(await agent.call('bulk_update', bulk)).toMatchObject({ summary: { accepted: 2 } });
        expect(await count('catalog.category', { pk__in: pks as number[], position })).toBe(2);
      });

      it('to run an action on several objects and on one', async () => {
        const { permissions: _, ...model } = await agent.model('product');
        const list = await agent.call('list', {
          ...model,
          page_size: 2,
          filters: { status: 'draft' },
        });
        expect(list['applied']).toEqual({ filters: { status: 'draft' } });
        const pks = rowsOf(list).map((row) => row.get('pk'));
        const activate = find(list['actions'], 'activate');
        await agent.call('action', { ...model, action_name: activate['name'], pks });
        expect(await count('catalog.product', { pk__in: pks as number[], status: 'active' })).toBe(
          2,
        );
        const feature = find(list['actions'], 'feature');
        expect(feature['target']).toBe(UPSTREAM === 'rest' ? 'detail' : undefined);
        const [pk] = pks;
        await agent.call('action', { ...model, action_name: feature['name'], pks: [pk] });
        expect(await stored('catalog.product', { pk: pk as number })).toMatchObject({
          is_featured: true,
        });
      });

      it('to change a many-to-many field', async () => {
        const { permissions: _, ...model } = await agent.model('pricelist');
        const [row] = await agent.rows(model, { page_size: 1 });
        const at = { ...model, pk: row?.get('pk') };
        const { version, ...body } = await agent.call('retrieve', at);
        const field = fieldOf(body, 'products');
        expect(field['type']).toBe('manytomany');
        const added = await agent.keyOf(field, `${UPSTREAM === 'stock' ? 'Walnut' : 'Pine'} rug`);
        const products = [...objectsIn(field['value']), added];
        await agent.call('update', { ...at, version, data: { products } });
        const { products: now } = await stored('sales.pricelist', { pk: at.pk as number });
        expect(now).toContain(added);
        expect(now).toHaveLength(products.length);
      });

      it('to open a panel', async () => {
        const { permissions: _, ...model } = await agent.model('campaign');
        const [row] = await agent.rows(model);
        const at = { ...model, pk: row?.get('pk') };
        const { custom_views } = await agent.call('retrieve', at);
        const page = objectsIn(custom_views).find(({ name }) => /report$/.test(String(name)));
        const panel_name = String(page?.['url']).split('/').at(-2);
        expect(await agent.call('panel', { ...at, panel_name })).toMatchObject({
          panel: 'report',
          data: expect.anything(),
        });
      });

      it('to delete', async () => {
        const { at, body } = await retrieve();
        await agent.call('destroy', { ...at, version: body['version'] });
        expect(await count('lab.keyword', { pk: word })).toBe(0);
      });

      // Django gives the session another key for it: nothing may come after this one.
      it('to set a password', async () => {
        const { permissions: _, ...model } = await agent.model('user');
        const [row] = await agent.rows(model, { search: 'customer' });
        const at = { ...model, pk: row?.get('pk') };
        const { password_change } = await agent.call('retrieve', at);
        expect(password_change).toEqual({ supported: true });
        const before = await stored('auth.user', { username: 'customer' });
        await agent.call('set_password', { ...at, password: `walnut-shelf-${UPSTREAM}` });
        expect(await stored('auth.user', { username: 'customer' })).not.toEqual(before);
      });
    });

    it('describe what the page of an action asks for', async () => {
      const file = { ADMIN_SITE: live().shop.adminUrl, UPSTREAM: 'stock' as const };
      const gateway = gatewayOf(loadSettings({ file }), silentLog);
      const agent = agentOf(gateway, await sessionOf(live(), 'admin'));
      const [row] = await agent.rows(product, { search: 'Oak stool' });
      const given = { ...product, action_name: 'discount', pks: [row?.get('pk')] };
      const asks = await agent.call('action', given);
      const inputs = Object.fromEntries(
        objectsIn((asks['page'] as JsonObject)['inputs'])
          .filter(({ required }) => required === true)
          .map(({ name, attrs }) => [name, Number((attrs as JsonObject)['max'])]),
      );
      expect(inputs).toEqual({ percent: 90 });
      const done = await agent.call('action', { ...given, confirmed: true, inputs });
      expect(done['executed']).toBe(true);
      await gateway.close();
    });

    describe('cost a model', () => {
      let gateway: Gateway;
      let ask: (tool: string, given: object) => Promise<JsonObject>;
      /** What django-admin-rest-api answers, and the Python package passes on as it is. */
      const original = async (path: string): Promise<unknown> => {
        const { cookie } = await sessionOf(live(), 'admin');
        const answer = await fetch(`${live().shop.url}/api/v1/${path}`, { headers: { cookie } });
        expect(answer.status).toBe(200);
        return answer.json();
      };

      beforeAll(async () => {
        const file = { ADMIN_SITE: live().shop.adminUrl, UPSTREAM: 'rest' as const };
        gateway = gatewayOf(loadSettings({ file }), silentLog);
        const session = await sessionOf(live(), 'admin');
        ask = async (tool, given) =>
          (await callTool(gateway, session, `admin_${tool}`, given)).body as JsonObject;
      });
      afterAll(() => gateway.close());

      it.each([
        [
          'a page of 25 orders',
          'list',
          { ...order, page_size: 25 },
          'sales/order/?page_size=25',
          0.5,
        ],
        [
          'a page of 25 products',
          'list',
          { ...product, page_size: 25 },
          'catalog/product/?page_size=25',
          0.5,
        ],
        ['an order', 'retrieve', { ...order, pk: '20' }, 'sales/order/20/', 0.5],
        ['a product', 'retrieve', { ...product, pk: '1' }, 'catalog/product/1/', 0.6],
        ['a form', 'form_spec', { ...order, pk: '20' }, 'sales/order/20/form-spec/', 0.5],
        ['the models', 'registry', {}, 'registry/', 0.25],
        ['a history', 'history', { ...product, pk: '1' }, 'catalog/product/1/history/', 0.5],
      ] as const)(
        '%s: a part of what the Python package does',
        async (_, tool, given, path, share) => {
          const tokens = tokensOf(await ask(tool, given));
          expect(tokens).toBeGreaterThan(100);
          expect(tokens / tokensOf(await original(path))).toBeLessThanOrEqual(share);
        },
      );

      it('less where it names the columns', async () => {
        const fields = ['number', 'status'];
        const lean = await ask('list', { ...order, page_size: 25, fields });
        expect(rowsOf(lean)).toHaveLength(25);
        expect(tokensOf(lean)).toBeLessThan(800);
      });

      it('nothing for what it asks to have in full: that is what the package says', async () => {
        const full = await ask('retrieve', { ...order, pk: '20', view: 'full' });
        const { version, ...rest } = full;
        expect(version).toMatch(/^f\./);
        expect(rest).toEqual(await original('sales/order/20/'));
      });
    });
  },
  oneSeries,
);

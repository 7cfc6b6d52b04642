import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { type Log, silentLog } from '../../../src/log.ts';
import { restOptions } from '../rest/rest-shop.ts';
import { describeShops, oneSeries } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';
import { apiClient } from './api-client.ts';

const model = '/{app_label}/{model_name}/';
const object = `${model}{pk}/`;
const tag = { app_label: 'catalog', model_name: 'tag' };
const keyword = { app_label: 'lab', model_name: 'keyword' };
const pricelist = { app_label: 'sales', model_name: 'pricelist' };

/** As the routes of `django-admin-rest-api` have it, such keys are no objects there either. */
const taken = ['add', 'bulk', 'autocomplete'];

for (const upstream of ['stock', 'rest'] as const)
  await describeShops(
    `At its edges, the REST face over ${upstream}`,
    upstream === 'rest' ? restOptions : { env: { SHOP_REST_API: '0' } },
    (live) => {
      const open = async (log: Log = silentLog) => {
        const gateway = gatewayOf(
          loadSettings({
            file: { ADMIN_SITE: live().shop.adminUrl, UPSTREAM: upstream, RATE_PER_MINUTE: 0 },
          }),
          log,
        );
        const session = await sessionOf(live(), 'admin');
        const raw = (method: string, path: string, body?: FormData): Promise<Response> =>
          gateway.fetch(
            new Request(`http://localhost${path}`, {
              method,
              headers: {
                host: 'localhost',
                cookie: session.cookie,
                'x-csrftoken': session.token,
              },
              ...(body === undefined ? {} : { body }),
            }),
          );
        return { ...apiClient(gateway, session), raw, close: () => gateway.close() };
      };

      it('finds objects whatever their key is written with', async () => {
        const { call, raw, close } = await open();
        const { rows } = await live().inspector.ask({ model: 'lab.keyword', fields: ['word'] });
        const keys = (rows as { word: string }[])
          .map(({ word }) => word)
          .filter((key) => !taken.includes(key));
        expect(keys.length).toBeGreaterThan(25);
        for (const pk of keys) {
          const { status, body } = await call('GET', object, { ...keyword, pk });
          // What the package's own routes cannot tell apart is refused by name.
          if (upstream === 'rest' && status === 422)
            expect(body.error).toMatchObject({ code: 'unsupported' });
          else expect([status, body.pk], pk).toEqual([200, pk]);
        }
        expect((await raw('PATCH', '/api/v1/lab/keyword/add/')).status).toBe(405);
        expect((await raw('GET', '/api/v1/lab/keyword/bulk/')).status).toBe(405);
        await close();
      });

      it('takes a version as If-Match, answers it as ETag, and refuses a stale one', async () => {
        const { call, close } = await open();
        const at = { ...tag, pk: '3' };
        const first = await call('GET', object, at);
        const etag = first.headers.get('etag') ?? '';
        expect(etag).toBe(`"${first.body.version}"`);
        const headers = { 'if-match': etag };
        const changed = await call('PATCH', object, at, { body: { name: 'Matched' }, headers });
        expect(changed.status).toBe(200);
        expect(changed.headers.get('etag')).not.toBe(etag);
        const stale = await call('PATCH', object, at, { body: { name: 'Stale' }, headers });
        expect(stale).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
        const kept = await call('DELETE', object, at, { headers });
        expect(kept.status).toBe(409);
        expect((await call('GET', object, at)).body.fields.name.value).toBe('Matched');
        const odd = await call('PATCH', object, at, {
          body: { name: 'Odd' },
          headers: { 'if-match': '"no version"' },
        });
        expect(odd.status).toBe(400);
        await close();
      });

      it('submits the form for a change that has a query', async () => {
        const tools: unknown[] = [];
        const { call, close } = await open({
          ...silentLog,
          info: (_, fields) => tools.push(fields?.['tool']),
        });
        const at = { ...tag, pk: '4' };
        const { status, body } = await call('PATCH', object, at, {
          query: '?source=test',
          body: { name: 'Queried' },
        });
        expect([status, body]).toMatchObject([200, { fields: { name: { value: 'Queried' } } }]);
        expect(tools).toEqual(['form_submit']);
        expect((await call('GET', object, at)).body.fields.name.value).toBe('Queried');
        await close();
      });

      it('creates from a form with a file, as browsers send it', async () => {
        const { raw, call, close } = await open();
        const form = new FormData();
        for (const [name, text] of [
          ['code', 'FORM-1'],
          ['name', 'By form'],
          ['currency', 'USD'],
          ['products', '1,2'],
          ['is_published', 'on'],
          ['for_partners', 'false'],
        ] as const)
          form.append(name, text);
        form.append('leaflet', new File([Uint8Array.of(0, 255, 13, 10)], 'leaf.bin'));
        const made = await raw('POST', '/api/v1/sales/pricelist/', form);
        const answer = (await made.json()) as { pk: number };
        expect([made.status, answer]).toMatchObject([201, { label: 'By form' }]);
        const { pk } = answer;
        const { rows } = await live().inspector.ask({
          model: 'sales.pricelist',
          filter: { pk },
        });
        expect(rows).toMatchObject([
          { code: 'FORM-1', currency: 'USD', is_published: true, for_partners: false },
        ]);
        const { body } = await call('GET', object, { ...pricelist, pk: String(pk) });
        const file = await fetch(`${live().shop.url}${body.fields.leaflet.value.url}`);
        expect(new Uint8Array(await file.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 13, 10));
        const products = body.fields.products.value.map(({ id }: { id: unknown }) => Number(id));
        expect(new Set(products)).toEqual(new Set([1, 2]));
        const wrong = new FormData();
        wrong.append('nonsense', '1');
        expect((await raw('POST', '/api/v1/sales/pricelist/', wrong)).status).toBe(400);
        await close();
      });

      it('changes files by a form, or says that its upstream cannot', async () => {
        const { raw, call, close } = await open();
        const form = new FormData();
        form.append('name', 'Changed by form');
        form.append('leaflet', new File(['new'], 'new.txt', { type: 'text/plain' }));
        const changed = await raw('PATCH', '/api/v1/sales/pricelist/4/', form);
        if (upstream === 'rest') expect(changed.status).toBe(422);
        else {
          expect(changed.status).toBe(200);
          const clear = new FormData();
          clear.append('leaflet-clear', 'on');
          clear.append('leaflet', new File([], ''));
          const cleared = await raw('PATCH', '/api/v1/sales/pricelist/4/', clear);
          expect(cleared.status).toBe(200);
          const { body } = await call('GET', object, { ...pricelist, pk: '4' });
          expect(body.fields).toMatchObject({
            name: { value: 'Changed by form' },
            leaflet: { value: null },
          });
        }
        await close();
      });

      it('answers HEAD as GET without a body, and everything else with 404 or 405 in the envelope', async () => {
        const { raw, close } = await open();
        const head = await raw('HEAD', '/api/v1/catalog/tag/1/');
        expect([head.status, await head.text()]).toEqual([200, '']);
        expect(head.headers.get('etag')).toMatch(/^"/);
        for (const [method, path, allow] of [
          ['PUT', '/api/v1/catalog/tag/1/', 'GET, PATCH, DELETE'],
          ['DELETE', '/api/v1/catalog/tag/', 'GET, POST'],
          ['POST', '/api/v1/registry/', 'GET'],
          ['GET', '/api/v1/login/', 'POST'],
          ['OPTIONS', '/api/v1/catalog/tag/bulk/', 'PATCH'],
          ['PUT', '/mcp/', 'GET, POST'],
          ['POST', '/mcp/manifest/', 'GET'],
          ['GET', '/mcp/uploads/', 'POST'],
          ['GET', '/mcp/uploads/x/', 'PUT'],
          ['POST', '/healthz', 'GET'],
        ] as const) {
          const response = await raw(method, path);
          expect([response.status, await response.json()], `${method} ${path}`).toEqual([
            405,
            { error: { code: 'method_not_allowed', message: 'Method not allowed.' } },
          ]);
          const allowed = (response.headers.get('allow') ?? '').split(', ').sort();
          expect(allowed, path).toEqual(allow.split(', ').sort());
          expect(response.headers.get('cache-control')).toBe('no-store');
        }
        for (const path of ['/api/v1/', '/api/v1/a/b/c/d/e/', '/api/v1/catalog/', '/api/v2/']) {
          const response = await raw('GET', path);
          expect([response.status, await response.json()], path).toMatchObject([
            404,
            { error: { code: 'not_found' } },
          ]);
        }
        await close();
      });
    },
    oneSeries,
  );

import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import { restOptions } from '../rest/rest-shop.ts';
import { describeShops, oneSeries, password, type UserName } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';
import { apiClient } from './api-client.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const category = { app_label: 'catalog', model_name: 'category' };
const model = '/{app_label}/{model_name}/';
const object = `${model}{pk}/`;

for (const upstream of ['stock', 'rest'] as const)
  await describeShops(
    `The REST face over ${upstream}`,
    upstream === 'rest' ? restOptions : { env: { SHOP_REST_API: '0' } },
    (live) => {
      const open = async (user: UserName | undefined) => {
        const gateway = gatewayOf(
          loadSettings({ file: { ADMIN_SITE: live().shop.adminUrl, UPSTREAM: upstream } }),
          silentLog,
        );
        const session = user === undefined ? undefined : await sessionOf(live(), user);
        return { ...apiClient(gateway, session), gateway, close: () => gateway.close() };
      };

      it('reads every kind of page, each as its OpenAPI document says', async () => {
        const { call, close } = await open('admin');
        const list = await call('GET', model, tag, { query: '?page_size=2&ordering=-name' });
        expect(list.status).toBe(200);
        expect(list.body.results).toHaveLength(2);
        const pk = String(list.body.results[0].pk);
        const at = { ...tag, pk };
        for (const [path, values] of [
          ['/registry/', {}],
          ['/schema/', {}],
          ['/recent-actions/', {}],
          [`${model}add/`, tag],
          [`${model}add/form-spec/`, tag],
          [object, at],
          [`${object}form-spec/`, at],
          [`${object}history/`, at],
          [`${object}delete-preview/`, at],
          [`${model}autocomplete/`, tag],
        ] as const)
          expect((await call('GET', path, values)).status, path).toBe(200);
        await close();
      });

      it('creates, changes and deletes with the statuses of the contract', async () => {
        const { call, close } = await open('admin');
        const made = await call('POST', model, tag, { body: { name: 'by-api', slug: 'by-api' } });
        expect(made.status).toBe(201);
        const at = { ...tag, pk: String(made.body.pk) };
        const changed = await call('PATCH', object, at, { body: { name: 'by-api-2' } });
        expect(changed.status).toBe(200);
        expect(changed.body.fields.name.value).toBe('by-api-2');
        expect((await call('PATCH', object, at, { body: { name: '' } })).body.error).toMatchObject({
          code: 'validation_failed',
          fields: { name: [expect.any(String)] },
        });
        const gone = await call('DELETE', object, at);
        expect(gone).toMatchObject({ status: 204, body: null });
        expect((await call('GET', object, at)).status).toBe(404);
        await close();
      });

      it('changes many objects, each as its row says, and answers row by row', async () => {
        const { call, close } = await open('admin');
        const bulk = async (...rows: readonly (readonly [pk: number, position: unknown])[]) => {
          const updates = rows.map(([pk, position]) => ({ pk, fields: { position } }));
          const { status, body } = await call('PATCH', `${model}bulk/`, category, {
            body: { updates },
          });
          return { status, results: body.results, summary: body.summary };
        };
        const positionOf = async (pk: string) =>
          (await call('GET', object, { ...category, pk })).body.fields.position.value;
        const done = await bulk([1, 61], [2, 62]);
        expect(done).toMatchObject({ status: 200, summary: { accepted: 2, rejected: 0 } });
        expect(done.results).toMatchObject([{ ok: true }, { ok: true }]);
        expect(done.results.map(({ pk }: { pk: unknown }) => String(pk))).toEqual(['1', '2']);
        expect([await positionOf('1'), await positionOf('2')]).toEqual([61, 62]);
        const refused = await bulk([1, 71], [2, -1]);
        expect(refused).toMatchObject({ status: 200, summary: { accepted: 0, rejected: 2 } });
        expect(refused.results).toMatchObject([
          { ok: false, rolled_back: true },
          {
            ok: false,
            error: { code: 'validation_failed', fields: { position: [expect.any(String)] } },
          },
        ]);
        expect([await positionOf('1'), await positionOf('2')]).toEqual([61, 62]);
        const twice = await call('PATCH', `${model}bulk/`, category, {
          body: { updates: [1, 1].map((pk) => ({ pk, fields: {} })) },
        });
        expect(twice).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
        await close();
      });

      it('refuses strangers, wrong tokens, wrong methods and wrong bodies in the envelope', async () => {
        const nobody = await open(undefined);
        expect(await nobody.call('GET', '/registry/')).toMatchObject({
          status: 403,
          body: { error: { code: 'forbidden' } },
        });
        const { call, close } = await open('viewer');
        const stale = await call('GET', '/registry/', {}, { headers: { cookie: 'sessionid=old' } });
        expect(stale).toMatchObject({ status: 403, body: { error: { code: 'session_expired' } } });
        const forged = await call('POST', model, tag, {
          body: {},
          headers: { 'x-csrftoken': 'x'.repeat(32) },
        });
        expect(forged).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
        expect((await call('POST', model, tag, { body: { name: 'x', slug: 'x' } })).status).toBe(
          403,
        );
        expect((await call('GET', model, tag, { query: '?page=nonsense' })).status).toBe(400);
        expect((await call('GET', model, tag, { query: '?no_such_filter=1' })).status).toBe(400);
        const bad = await call('PATCH', `${model}bulk/`, tag, { body: { updates: [] } });
        expect(bad).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
        await close();
        await nobody.close();
      });

      it('logs in and out through Django for a client without a browser', async () => {
        const { gateway, close } = await open(undefined);
        const csrf = 'a'.repeat(32);
        const post = (path: string, cookie: string, token: string, body: object) =>
          gateway.fetch(
            new Request(`http://localhost/api/v1${path}`, {
              method: 'POST',
              headers: {
                host: 'localhost',
                cookie,
                'x-csrftoken': token,
                'content-type': 'application/json',
              },
              body: JSON.stringify(body),
            }),
          );
        const right = { username: 'viewer', password };
        expect((await post('/login/', '', '', right)).status).toBe(403);
        const wrong = await post('/login/', `csrftoken=${csrf}`, csrf, {
          ...right,
          password: 'no',
        });
        expect(await wrong.json()).toMatchObject({ error: { code: 'invalid_credentials' } });
        const stranger = await post('/login/', `csrftoken=${csrf}`, csrf, {
          username: 'customer',
          password,
        });
        expect(await stranger.json()).toMatchObject({ error: { code: 'invalid_credentials' } });
        const done = await post('/login/', `csrftoken=${csrf}`, csrf, right);
        expect(done.status).toBe(200);
        const cookies = done.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
        const cookie = cookies.join('; ');
        expect(cookie).toContain('sessionid=');
        const token = /csrftoken=([^;]+)/.exec(cookie)?.[1] ?? '';
        const { call } = apiClient(gateway, { cookie, token });
        expect((await call('GET', '/registry/')).status).toBe(200);
        const forged = await post('/logout/', cookie, 'b'.repeat(32), {});
        expect(forged.status).toBe(403);
        expect((await post('/logout/', cookie, token, {})).status).toBe(200);
        const after = await call('GET', '/registry/');
        expect(after).toMatchObject({ status: 403, body: { error: { code: 'session_expired' } } });
        await close();
      });
    },
    oneSeries,
  );

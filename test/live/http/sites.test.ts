import { expect, it } from 'vitest';
import { createGateway } from '../../../src/library.ts';
import { describeShops, oneSeries, startLive, stopLive } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';

const bare = { env: { SHOP_REST_API: '0' } };

await describeShops(
  'A gateway of several sites',
  bare,
  (live) => {
    it('serves each under its prefix, with its own models, and no caller of one on another', async () => {
      const { shop, client } = live();
      const other = await startLive('5.2', bare);
      const gateway = createGateway({
        LOG_LEVEL: 'silent',
        sites: [
          { name: 'shop', ADMIN_SITE: shop.adminUrl, PREFIX: 'shop' },
          {
            name: 'back',
            ADMIN_SITE: `${shop.url}/backoffice/`,
            PREFIX: '/back/office/',
            SERVER_NAME: 'back',
          },
          { name: 'other', ADMIN_SITE: other.shop.adminUrl, PREFIX: '/other/' },
        ],
      });
      const { cookie } = await sessionOf({ client }, 'admin');
      const get = (path: string) =>
        gateway.fetch(
          new Request(`http://localhost${path}`, { headers: { host: 'localhost', cookie } }),
        );
      const models = async (prefix: string): Promise<number> => {
        const response = await get(`${prefix}api/v1/registry/`);
        expect(response.status).toBe(200);
        const body = (await response.json()) as { apps: { models: unknown[] }[] };
        return body.apps.flatMap((app) => app.models).length;
      };

      const [own, back] = [await models('/shop/'), await models('/back/office/')];
      expect(back).toBeGreaterThan(0);
      expect(own).toBeGreaterThan(back);
      expect(await (await get('/back/office/mcp/')).json()).toMatchObject({
        server: { name: 'back' },
        endpoint: 'http://localhost/back/office/mcp/',
        manifest_url: 'http://localhost/back/office/mcp/manifest/',
      });
      expect((await get('/other/mcp/')).status).toBe(401);
      expect((await get('/other/api/v1/registry/')).status).toBe(403);
      for (const path of ['/mcp/', '/api/v1/registry/', '/elsewhere/mcp/']) {
        const nothing = await get(path);
        expect(nothing.status).toBe(404);
        expect(await nothing.text()).toContain('/back/office/mcp/');
      }
      await gateway.close();
      await stopLive(other);
    });
  },
  oneSeries,
);

import { expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import { describeShops, oneSeries, password } from '../support/live-shop.ts';

await describeShops(
  'Callers without cookies',
  { env: { SHOP_REST_API: '0' } },
  (live) => {
    const open = (more: object) =>
      gatewayOf(loadSettings({ file: { ADMIN_SITE: live().shop.adminUrl, ...more } }), silentLog);
    const basic = (user: string, secret: string): string =>
      `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
    const post = (
      gateway: ReturnType<typeof open>,
      authorization: string,
      url = 'http://localhost/mcp/',
    ): Promise<Response> =>
      gateway.fetch(
        new Request(url, {
          method: 'POST',
          headers: {
            host: new URL(url).host,
            'content-type': 'application/json',
            authorization,
          },
          body: JSON.stringify({
            jsonrpc: '2.0',
            id: 1,
            method: 'tools/call',
            params: { name: 'admin_registry', arguments: {} },
          }),
        }),
      );
    const sessions = async (): Promise<number> => {
      const { inspector } = live();
      const { count } = (await inspector.ask({ count: 'sessions.session' })) as { count: number };
      return count;
    };

    it('are refused until the operator allows passwords', async () => {
      const gateway = open({});
      const answer = await post(gateway, basic('admin', password));
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain('--basic-auth');
      await gateway.close();
    });

    it("log in once through Django's login, and are the user that they are there", async () => {
      const gateway = open({ BASIC_AUTH: true });
      const before = await sessions();
      for (let round = 0; round < 3; round += 1) {
        const answer = await post(gateway, basic('clerk', password));
        expect(answer.status).toBe(200);
        expect(answer.headers.getSetCookie()).toEqual([]);
        expect(await answer.text()).toContain('"isError":false');
      }
      expect(await sessions()).toBe(before + 1);
      for (const [user, secret, status] of [
        ['clerk', 'wrong', 401],
        ['nobody', password, 401],
        ['customer', password, 401],
        ['retired', password, 401],
      ] as const)
        expect((await post(gateway, basic(user, secret))).status, user).toBe(status);
      for (const header of ['Basic', 'Basic !!', 'Bearer x', basic('', 'x'), basic('x', '')])
        expect((await post(gateway, header)).status, header).toBe(401);
      await gateway.close();
    });

    it('are refused over plain HTTP but for loopback', async () => {
      const gateway = open({ BASIC_AUTH: true, ALLOWED_HOSTS: ['mcp.shop.example'] });
      const plain = await post(gateway, basic('clerk', password), 'http://mcp.shop.example/mcp/');
      expect(plain.status).toBe(403);
      const secure = await post(gateway, basic('clerk', password), 'https://mcp.shop.example/mcp/');
      expect(secure.status).toBe(200);
      const proxied = open({
        BASIC_AUTH: true,
        ALLOWED_HOSTS: ['mcp.shop.example'],
        GATEWAY_ORIGIN: 'https://mcp.shop.example',
      });
      const behind = await post(proxied, basic('clerk', password), 'http://mcp.shop.example/mcp/');
      expect(behind.status).toBe(200);
      await gateway.close();
      await proxied.close();
    });
  },
  oneSeries,
);

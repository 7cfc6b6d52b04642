import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { createDjangoClient } from '../../../src/django/client.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import { describeShops, type LiveShop, type UserName } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';
import { callTool } from './mcp-client.ts';

/** How the gateway is told about a Django that believes to be on HTTPS behind a proxy. */
const behindProxy = {
  HEADERS: { 'X-Forwarded-Proto': 'https', Host: 'shop.example' },
  PUBLIC_ORIGIN: 'https://shop.example',
};

const plain = { HEADERS: {}, PUBLIC_ORIGIN: null };

type Route = typeof behindProxy | typeof plain;

/** One MCP call over the HTTP face with a user's session; the answer and its cookies. */
const callAs = async (
  { shop }: LiveShop,
  route: Route,
  upstream: string,
  user: UserName,
  name: string,
  given: object,
) => {
  const site = parseSite({
    adminUrl: shop.adminUrl,
    headers: route.HEADERS,
    publicOrigin: route.PUBLIC_ORIGIN ?? undefined,
  });
  const client = createDjangoClient(site);
  const session = await sessionOf({ client }, user);
  await client.close();
  const gateway = gatewayOf(
    loadSettings({
      file: { ADMIN_SITE: shop.adminUrl, UPSTREAM: upstream, CONFIRM: 'never', ...route },
    }),
    silentLog,
  );
  const { isError, headers } = await callTool(gateway, session, name, given);
  await gateway.close();
  return { isError, setCookies: headers.getSetCookie() };
};

const action = {
  app_label: 'sales',
  model_name: 'order',
  action_name: 'mark_paid',
  pks: ['30'],
};

describe.each(['rest', 'stock'])('upstream %s', async (upstream) => {
  const extras = ['rest-api'];
  const env = { SHOP_REST_API: '1' };

  await describeShops(
    'a site behind TLS',
    { extras, env: { ...env, SHOP_HTTPS: '1', SHOP_HOSTS: 'shop.example' } },
    (live) => {
      it('takes our writes, since the Referer is the one that Django expects', async () => {
        const { isError } = await callAs(
          live(),
          behindProxy,
          upstream,
          'clerk',
          'admin_action',
          action,
        );
        expect(isError).toBe(false);
        const { rows } = await live().inspector.ask({ model: 'sales.order', filter: { pk: 30 } });
        expect((rows as { is_paid: boolean }[])[0]?.is_paid).toBe(true);
      });
    },
  );

  await describeShops('a session that rotates', { extras, env }, (live) => {
    it('goes back to the client, never with the messages of the admin', async () => {
      const given = { app_label: 'auth', model_name: 'user', pk: '1', password: 'walnut-shelf-19' };
      const { isError, setCookies } = await callAs(
        live(),
        plain,
        upstream,
        'admin',
        'admin_set_password',
        given,
      );
      expect(isError).toBe(false);
      expect(setCookies.map((line) => line.split('=')[0])).toContain('sessionid');
      expect(setCookies.map((line) => line.split('=')[0])).not.toContain('messages');
    });
  });
});

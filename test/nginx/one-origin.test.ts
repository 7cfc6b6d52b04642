import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveShop, password, startLive, stopLive } from '../live/support/live-shop.ts';
import { freePort, type Serving, startServe } from '../live/support/start-serve.ts';
import { startNginx } from './start-nginx.ts';

/** A browser's cookies of one origin. */
const createBrowser = (origin: string) => {
  const cookies = new Map<string, string>();
  return {
    cookies,
    fetch: async (path: string, init: RequestInit = {}): Promise<Response> => {
      const response = await fetch(`${origin}${path}`, {
        redirect: 'manual',
        ...init,
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          referer: `${origin}/admin/`,
          ...init.headers,
        },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return response;
    },
  };
};

describe('nginx in front of Django and two gateways, as in examples/deployment', () => {
  let live: LiveShop;
  let gateways: readonly Serving[] = [];
  let nginx: { readonly stop: () => Promise<void> };
  let origin: string;

  beforeAll(async () => {
    live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
    const [publicPort, first, second] = [await freePort(), await freePort(), await freePort()];
    origin = `http://localhost:${publicPort}`;
    const settings = {
      ADMIN_SITE: live.shop.adminUrl,
      PUBLIC_ORIGIN: origin,
      SIGNING_KEY: 'one key for all the replicas of this test',
    };
    gateways = await Promise.all(
      [first, second].map((port) => startServe({ ...settings, PORT: String(port) })),
    );
    const django = Number(new URL(live.shop.url).port);
    nginx = await startNginx({ public: publicPort, django, gateways: [first, second] });
  });

  afterAll(async () => {
    await nginx.stop();
    await gateways[0]?.stop();
    await stopLive(live);
  });

  const logIn = async () => {
    const browser = createBrowser(origin);
    await browser.fetch('/admin/login/');
    const token = browser.cookies.get('csrftoken') ?? '';
    const response = await browser.fetch('/admin/login/', {
      method: 'POST',
      body: new URLSearchParams({
        username: 'admin',
        password,
        csrfmiddlewaretoken: token,
        next: '/admin/',
      }),
    });
    expect(response.status).toBe(302);
    const call = async (name: string, args: object) => {
      const answer = await browser.fetch('/mcp/', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-csrftoken': browser.cookies.get('csrftoken') ?? '',
          origin,
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name, arguments: args },
        }),
      });
      expect(answer.status).toBe(200);
      const { result } = (await answer.json()) as { result: { content: { text: string }[] } };
      return JSON.parse(result.content[0]?.text ?? 'null') as Record<string, unknown>;
    };
    return { browser, call };
  };

  const tag = { app_label: 'catalog', model_name: 'tag' };

  it("takes the admin's own session on either replica", async () => {
    const { browser, call } = await logIn();
    expect((await browser.fetch('/admin/')).status).toBe(200);
    for (let round = 0; round < 6; round += 1)
      expect(await call('admin_list', tag)).toHaveProperty('results');
    const api = await browser.fetch('/api/v1/registry/');
    expect(api.status).toBe(200);
    for (const gateway of gateways) expect(gateway.log()).toContain('"tool":"list"');
  });

  it('asks on one replica and takes the answer on the other', async () => {
    const { call } = await logIn();
    const { pk } = await call('admin_create', { ...tag, data: { name: 'Nginx', slug: 'nginx' } });
    const asked = await call('admin_destroy', { ...tag, pk });
    expect(asked).toMatchObject({ error: { code: 'confirmation_required' } });
    const token = asked['confirm_token'];
    const done = await call('admin_destroy', { ...tag, pk, confirm_token: token });
    expect(done).toMatchObject({ deleted: true });
    const again = await call('admin_destroy', { ...tag, pk, confirm_token: token });
    expect(again).toHaveProperty('error');
  });

  it('goes on with one replica when the other is stopped', async () => {
    const { call } = await logIn();
    const [, second] = gateways;
    expect(await second?.stop()).toBe(0);
    for (let round = 0; round < 4; round += 1)
      expect(await call('admin_list', tag)).toHaveProperty('results');
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDjangoClient, type DjangoClient } from '../../../src/django/client.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { createSessionCaller } from '../../../src/session/session-caller.ts';
import { createStockUpstream } from '../../../src/stock/upstream.ts';
import { describeShops, password } from '../support/live-shop.ts';
import { at, bare, list } from './stock-shop.ts';

await describeShops('stock: a second admin site', bare, (live) => {
  const upstream = createStockUpstream();
  let client: DjangoClient;
  const signal = AbortSignal.timeout(60_000);
  const context = () => ({
    signal,
    caller: createSessionCaller({
      client,
      credentials: async () => ({
        username: 'admin',
        password,
        fields: { code: '246810', otp: '246810' },
      }),
      signInHint: 'Log in again.',
    }),
  });
  beforeAll(() => {
    client = createDjangoClient(parseSite({ adminUrl: `${live().shop.url}/backoffice/` }));
  });
  afterAll(() => client.close());

  it('tells groups that the project made up from apps', async () => {
    const { body } = await upstream.registry({}, context());
    const groups = list(body, 'apps').map(({ name, is_group, models }) => [
      name,
      is_group,
      (models as JsonObject[]).map(({ app_label, real_app_label }) => [app_label, real_app_label]),
    ]);
    expect(groups[0]).toEqual([
      'Everyday',
      true,
      [
        ['everyday', 'ops'],
        ['everyday', 'people'],
        ['everyday', 'sales'],
      ],
    ]);
    expect(groups.slice(1).every(([, isGroup]) => isGroup === false)).toBe(true);
  });

  it('reads and links within its own path', async () => {
    const ref = { app_label: 'catalog', model_name: 'product', pk: '1' };
    const { body } = await upstream.retrieve(ref, context());
    expect(body['label']).toBe('Oak stool');
    expect(at(body, 'permissions', 'change')).toBe(true);
  });
});

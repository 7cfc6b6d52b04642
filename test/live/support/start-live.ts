import {
  type DjangoSeries,
  type Inspector,
  type RunningShop,
  type StartShopOptions,
  startInspector,
  startShop,
} from '../../../scripts/lib/shop.mjs';
import { createDjangoClient, type DjangoClient } from '../../../src/django/client.ts';
import { parseSite, type SiteOptions } from '../../../src/django/parse-site.ts';
import { createSessionCaller, type SessionCaller } from '../../../src/session/session-caller.ts';

export const password = 'shop-demo-pass';

/** Who may do what is in the README of examples/shop. */
export type UserName = 'admin' | 'clerk' | 'viewer' | 'intake' | 'customer' | 'retired';

/** A running shop with its data, and callers logged in to it. All of it ends with the tests. */
export interface LiveShop {
  readonly shop: RunningShop;
  readonly inspector: Inspector;
  readonly client: DjangoClient;
  /** The session of a user, logged in on first use. */
  readonly as: (user: UserName) => SessionCaller;
}

export interface LiveOptions extends Omit<StartShopOptions, 'django'> {
  readonly site?: Partial<SiteOptions>;
}

export const startLive = async (django: DjangoSeries, options: LiveOptions): Promise<LiveShop> => {
  const { site, ...start } = options;
  const shop = await startShop({ log: () => undefined, ...start, django });
  const client = createDjangoClient(parseSite({ adminUrl: shop.adminUrl, ...site }));
  const callers = new Map<UserName, SessionCaller>();
  return {
    shop,
    client,
    inspector: startInspector(shop),
    as: (user) => {
      const known = callers.get(user);
      if (known !== undefined) return known;
      const caller = createSessionCaller({
        client,
        credentials: async () => ({ username: user, password }),
        signInHint: 'Log in again.',
      });
      callers.set(user, caller);
      return caller;
    },
  };
};

export const stopLive = async ({ shop, inspector, client }: LiveShop): Promise<void> => {
  await inspector.stop();
  await client.close();
  await shop.stop();
};

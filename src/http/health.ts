import type { DjangoClient } from '../django/client.ts';
import { jsonResponse } from './errors.ts';

/** How long Django may take to show that it is there, in milliseconds. */
const readyTimeoutMs = 5_000;
/** How long the answer is believed, in milliseconds: probes must be no load. */
const readyLifetimeMs = 2_000;

export interface Health {
  /** Whether this process answers at all. */
  readonly live: () => Response;
  /** Whether every site's Django answers; 503 otherwise. Names no site. */
  readonly ready: () => Promise<Response>;
}

const answers = async ({ site, send }: DjangoClient): Promise<boolean> => {
  const path = `${site.adminUrl.pathname}login/`;
  const signal = AbortSignal.timeout(readyTimeoutMs);
  return send({ method: 'GET', path }, { cookie: '', signal }).then(
    ({ status }) => status < 500,
    () => false,
  );
};

/** For load balancers and orchestrators; neither needs a session, neither tells anything else. */
export const createHealth = (
  clients: readonly DjangoClient[],
  now: () => number = Date.now,
): Health => {
  let known: { readonly until: number; readonly isReady: Promise<boolean> } | undefined;
  const isReady = (): Promise<boolean> => {
    if (known === undefined || known.until < now())
      known = {
        until: now() + readyLifetimeMs,
        isReady: Promise.all(clients.map(answers)).then((all) => all.every(Boolean)),
      };
    return known.isReady;
  };
  return {
    live: () => jsonResponse({ status: 'ok' }),
    ready: async () =>
      (await isReady())
        ? jsonResponse({ status: 'ready' })
        : jsonResponse({ status: 'Django is not answering' }, 503),
  };
};

import { GatewayError } from '../operations/errors.ts';
import type { DjangoClient } from './client.ts';
import { siteInWords } from './transport-error.ts';

/** Failures in a row after which Django is taken to be down. */
const failuresToOpen = 5;
/** How long Django is then left alone, in milliseconds; doubled with every trial that fails. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** Answers with which a proxy tells that there is no Django behind it. */
const absent = new Set([502, 503, 504]);

/** `closed`: as always. `open`: nothing is sent. `trial`: one request is out to try. */
export type BreakerState = 'closed' | 'open' | 'trial';

export interface GuardedClient extends DjangoClient {
  readonly breaker: () => BreakerState;
}

const isFailure = (error: unknown): boolean =>
  error instanceof GatewayError &&
  (error.reason === 'upstream' || error.reason === 'timeout' || error.reason === 'unknown_outcome');

/**
 * A client that fails at once while Django is down, so that callers neither wait for time-outs
 * nor pile up in front of it. After a pause one request tries again; when it is answered, all
 * is as before.
 *
 * @throws GatewayError `unavailable`, with `details.retry_after` in seconds; nothing was sent
 */
export const withBreaker = (client: DjangoClient, now: () => number = Date.now): GuardedClient => {
  let failures = 0;
  let pauseMs = firstPauseMs;
  let openUntil = 0;
  let isTrying = false;

  const isOpen = (): boolean => failures >= failuresToOpen;

  const admit = (): void => {
    if (!isOpen()) return;
    const waitMs = openUntil - now();
    if (waitMs <= 0 && !isTrying) {
      isTrying = true;
      return;
    }
    throw new GatewayError('unavailable', `${siteInWords(client.site)} is not answering.`, {
      hint: 'Nothing was sent. Try again after the time in retry_after, in seconds.',
      details: { retry_after: Math.max(1, Math.ceil(waitMs / 1000)) },
    });
  };

  const succeeded = (): void => {
    failures = 0;
    pauseMs = firstPauseMs;
    isTrying = false;
  };

  const failed = (): void => {
    const wasTrying = isTrying;
    failures += 1;
    isTrying = false;
    if (!isOpen()) return;
    openUntil = now() + pauseMs;
    if (wasTrying) pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };

  return {
    site: client.site,
    close: client.close,
    breaker: () => (isOpen() ? (isTrying ? 'trial' : 'open') : 'closed'),
    send: async (request, delivery) => {
      admit();
      try {
        const response = await client.send(request, delivery);
        if (absent.has(response.status)) failed();
        else succeeded();
        return response;
      } catch (error) {
        if (isFailure(error)) failed();
        // Cancelled, too large, not sent at all: they say nothing about Django.
        else isTrying = false;
        throw error;
      }
    },
  };
};

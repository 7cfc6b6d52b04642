import { GatewayError } from '../operations/errors.ts';
import type { Upstream } from '../operations/upstream.ts';
import type { Buckets } from './limits/buckets.ts';
import { QueueFull, type Slots } from './limits/slots.ts';
import { wrapEach } from './wrap.ts';

export interface Limits {
  readonly buckets: Buckets;
  readonly slots: Slots;
}

const tooFast = (seconds: number): GatewayError =>
  new GatewayError('busy', 'This caller calls too often.', {
    hint: 'Nothing was sent. Wait for retry_after seconds, then go on; fewer, larger calls help.',
    details: { retry_after: seconds },
  });

const full = (): GatewayError =>
  new GatewayError('unavailable', 'This gateway has as many calls waiting as it takes.', {
    hint: 'Nothing was sent. Try again after the time in retry_after, in seconds.',
    details: { retry_after: 1 },
  });

/** Refuses a caller that calls too often, and makes calls wait while too many are running. */
export const withLimits = ({ buckets, slots }: Limits, upstream: Upstream): Upstream =>
  wrapEach(upstream, async ({ context }, next) => {
    const { caller, signal } = context;
    const key = caller.fingerprint();
    const seconds = buckets.take(key);
    if (seconds > 0) throw tooFast(seconds);
    const release = await slots.acquire(key, signal).catch((error: unknown) => {
      throw error instanceof QueueFull
        ? full()
        : new GatewayError('cancelled', 'The call was cancelled before it began.', {
            cause: error,
          });
    });
    try {
      return await next();
    } finally {
      release();
    }
  });

import { GatewayError } from '../operations/errors.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
}

const cancelled = (signal: AbortSignal): GatewayError =>
  new GatewayError('cancelled', 'The call was cancelled while it waited for a session.', {
    cause: signal.reason,
  });

/**
 * Lets callers who want the same thing at the same time share one run of it. Each stops
 * waiting by its own signal; the run itself is aborted when nobody waits any more.
 *
 * @throws GatewayError `cancelled`, or what the run throws
 */
export const createSingleFlight = <T>(
  run: (signal: AbortSignal) => Promise<T>,
): ((signal: AbortSignal) => Promise<T>) => {
  let current: Flight<T> | undefined;
  const start = (): Flight<T> => {
    const abort = new AbortController();
    const flight = { result: run(abort.signal), abort, waiting: 0 };
    const land = () => {
      if (current === flight) current = undefined;
    };
    flight.result.then(land, land);
    return flight;
  };
  return async (signal) => {
    if (signal.aborted) throw cancelled(signal);
    current ??= start();
    const flight = current;
    flight.waiting += 1;
    let leave = () => {};
    try {
      return await Promise.race([
        flight.result,
        new Promise<never>((_resolve, reject) => {
          leave = () => reject(cancelled(signal));
          signal.addEventListener('abort', leave, { once: true });
        }),
      ]);
    } finally {
      signal.removeEventListener('abort', leave);
      flight.waiting -= 1;
      if (flight.waiting === 0 && current === flight) {
        current = undefined;
        flight.abort.abort(signal.reason);
      }
    }
  };
};

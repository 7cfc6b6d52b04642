/** What one writer needs for itself: some objects of a model, or all of them. */
export type Claim = ReadonlySet<string> | 'all';

/** Why there is no turn to wait for: too many wait already. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting';
}

export interface Turns {
  /**
   * Waits until nobody who asked earlier wants any of the same; the function it answers with
   * gives everything back.
   *
   * @throws TooManyWaiting at once; the signal's reason when the caller stops waiting
   */
  readonly take: (model: string, claim: Claim, signal: AbortSignal) => Promise<() => void>;
  /** Claims that run or wait. */
  readonly size: () => number;
}

interface Writer {
  readonly claim: Claim;
  /** Undefined once it runs. */
  start: (() => void) | undefined;
}

const overlap = (a: Claim, b: Claim): boolean => {
  if (a === 'all' || b === 'all') return true;
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
  return [...fewer].some((key) => more.has(key));
};

/**
 * Turns of writers. All objects of a claim are taken at once and in the order of asking, so
 * that no two writers can wait for each other and none is overtaken by one that came later.
 *
 * @param maxWaiting writers that wait for one model
 */
export const createTurns = (maxWaiting: number): Turns => {
  const queues = new Map<string, Writer[]>();

  const isFree = (queue: readonly Writer[], writer: Writer): boolean =>
    queue.slice(0, queue.indexOf(writer)).every((earlier) => !overlap(earlier.claim, writer.claim));

  const leave = (model: string, writer: Writer): void => {
    const queue = queues.get(model) ?? [];
    const at = queue.indexOf(writer);
    if (at < 0) return;
    queue.splice(at, 1);
    if (queue.length === 0) queues.delete(model);
    for (const waiting of queue.slice(at))
      if (waiting.start !== undefined && isFree(queue, waiting)) waiting.start();
  };

  const wait = (model: string, writer: Writer, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        leave(model, writer);
        reject(signal.reason);
      };
      writer.start = () => {
        writer.start = undefined;
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      signal.addEventListener('abort', giveUp, { once: true });
    });

  return {
    take: async (model, claim, signal) => {
      signal.throwIfAborted();
      const queue = queues.get(model) ?? [];
      const writer: Writer = { claim, start: undefined };
      const isNext = queue.every((earlier) => !overlap(earlier.claim, claim));
      const waiting = queue.filter(({ start }) => start !== undefined).length;
      if (!isNext && waiting >= maxWaiting) throw new TooManyWaiting();
      queue.push(writer);
      queues.set(model, queue);
      if (!isNext) await wait(model, writer, signal);
      return () => leave(model, writer);
    },
    size: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
  };
};

/** Why there is no slot to wait for: too many wait already. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

export interface SlotLimits {
  /** Calls that run at once, of all callers and of each one. */
  readonly total: number;
  readonly perCaller: number;
  /** Calls that wait, of all callers. */
  readonly queue: number;
}

export interface Slots {
  /**
   * Waits for a slot; the function it answers with gives it back.
   *
   * @throws QueueFull at once; the signal's reason when the caller stops waiting
   */
  readonly acquire: (key: string, signal: AbortSignal) => Promise<() => void>;
  readonly running: () => number;
  readonly waiting: () => number;
}

interface Waiting {
  readonly key: string;
  readonly start: () => void;
}

/** Slots for running calls, given in the order of asking; a caller that has its share is passed over. */
export const createSlots = ({ total, perCaller, queue }: SlotLimits): Slots => {
  const runningOf = new Map<string, number>();
  const waiting: Waiting[] = [];
  let running = 0;

  const isFree = (key: string): boolean => running < total && (runningOf.get(key) ?? 0) < perCaller;

  const start = (key: string): (() => void) => {
    running += 1;
    runningOf.set(key, (runningOf.get(key) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      running -= 1;
      const left = (runningOf.get(key) ?? 1) - 1;
      if (left === 0) runningOf.delete(key);
      else runningOf.set(key, left);
      startNext();
    };
  };

  const startNext = (): void => {
    const next = waiting.findIndex(({ key }) => isFree(key));
    if (next >= 0) waiting.splice(next, 1)[0]?.start();
  };

  const wait = (key: string, signal: AbortSignal): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        const at = waiting.indexOf(entry);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal.reason);
      };
      const entry: Waiting = {
        key,
        start: () => {
          signal.removeEventListener('abort', leave);
          resolve(start(key));
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(entry);
    });

  return {
    acquire: async (key, signal) => {
      signal.throwIfAborted();
      if (isFree(key)) return start(key);
      if (waiting.length >= queue) throw new QueueFull();
      return wait(key, signal);
    },
    running: () => running,
    waiting: () => waiting.length,
  };
};

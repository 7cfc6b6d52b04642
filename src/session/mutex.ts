/** Runs one at a time, in the order of asking; one that fails does not stop the next. */
export type Exclusive = <T>(run: () => Promise<T>) => Promise<T>;

export const createMutex = (): Exclusive => {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  };
};

/** One {@link Exclusive} a key, forgotten when nobody waits for it. */
export const createKeyedMutex = (): ((key: string) => Exclusive) => {
  const held = new Map<string, { readonly exclusive: Exclusive; users: number }>();
  return (key) => async (run) => {
    const entry = held.get(key) ?? { exclusive: createMutex(), users: 0 };
    held.set(key, entry);
    entry.users += 1;
    try {
      return await entry.exclusive(run);
    } finally {
      entry.users -= 1;
      if (entry.users === 0) held.delete(key);
    }
  };
};

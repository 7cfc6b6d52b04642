/** What a cache keeps at most, and for how long. */
export interface CacheLimits {
  readonly maxEntries: number;
  readonly maxAgeMs: number;
}

export interface Cache<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value) => void;
  readonly size: () => number;
}

/** A map that forgets: entries that are too old, and the one unused the longest when it is full. */
export const createCache = <Value>(
  { maxEntries, maxAgeMs }: CacheLimits,
  now: () => number = Date.now,
): Cache<Value> => {
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.until <= now()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set: (key, value) => {
      entries.delete(key);
      entries.set(key, { value, until: now() + maxAgeMs });
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break;
        entries.delete(oldest);
      }
    },
    size: () => entries.size,
  };
};

/** Most callers remembered; one that was not seen for long has a full bucket anyway. */
const maxCallers = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

export interface Buckets {
  /** Takes one token. Answers 0, or the seconds until there is one. */
  readonly take: (key: string) => number;
}

/**
 * Token buckets, one a key: `perMinute` tokens a minute, a tenth of that at once.
 *
 * @param perMinute 0 for no limit
 */
export const createBuckets = (perMinute: number, now: () => number = Date.now): Buckets => {
  if (perMinute === 0) return { take: () => 0 };
  const perMs = perMinute / 60_000;
  const capacity = Math.max(10, perMinute / 10);
  const buckets = new Map<string, Bucket>();

  const bucketOf = (key: string): Bucket => {
    const at = now();
    const known = buckets.get(key);
    const tokens =
      known === undefined ? capacity : Math.min(capacity, known.tokens + (at - known.at) * perMs);
    const bucket = { tokens, at };
    // Most recently used last, so that the first one is the one to forget.
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > maxCallers && oldest !== undefined) buckets.delete(oldest);
    return bucket;
  };

  return {
    take: (key) => {
      const bucket = bucketOf(key);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMs / 1000);
      bucket.tokens -= 1;
      return 0;
    },
  };
};

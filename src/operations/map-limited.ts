/** Requests at a time within one call: enough to hide the round trips, too few to crowd Django. */
const concurrency = 4;

/** `Promise.all` over a list, a few at a time and in order; stops starting new ones after a failure. */
export const mapLimited = async <T, R>(
  items: readonly T[],
  run: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
  const results = new Array<R>(items.length);
  const waiting = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await run(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  return results;
};

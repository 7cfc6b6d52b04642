/** Most spent tokens remembered; the oldest go first. */
const maxSpent = 10_000;

/**
 * Remembers which tokens were used in this process, until they expire. Only an addition: that
 * a token is bound to the state of what it is about ends its use in every process.
 */
export interface Spent {
  /** False where it was spent before. */
  readonly spend: (token: string, expires: number) => boolean;
}

export const createSpent = (now: () => number = Date.now, max = maxSpent): Spent => {
  const until = new Map<string, number>();
  return {
    spend: (token, expires) => {
      if (until.has(token)) return false;
      for (const [old, end] of until) if (end <= now()) until.delete(old);
      until.set(token, expires);
      const [oldest] = until.keys();
      if (until.size > max && oldest !== undefined) until.delete(oldest);
      return true;
    },
  };
};

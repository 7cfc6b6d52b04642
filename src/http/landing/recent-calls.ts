/** One call of a caller, as the page shows it. */
export interface RecentCall {
  readonly at: Date;
  readonly tool: string;
  readonly model: string | undefined;
  readonly outcome: string;
  readonly status: number | undefined;
  readonly ms: number | undefined;
}

/** Calls kept of one caller, and callers kept; the oldest go first. */
const maxCalls = 20;
const maxCallers = 500;

export interface RecentCalls {
  readonly add: (session: string, call: RecentCall) => void;
  /** Newest first. */
  readonly of: (session: string) => readonly RecentCall[];
}

/** The last calls of each caller, in this process's memory: for people who set up a client. */
export const createRecentCalls = (): RecentCalls => {
  const calls = new Map<string, readonly RecentCall[]>();
  return {
    add: (session, call) => {
      const known = calls.get(session) ?? [];
      calls.delete(session);
      calls.set(session, [call, ...known].slice(0, maxCalls));
      const [oldest] = calls.keys();
      if (calls.size > maxCallers && oldest !== undefined) calls.delete(oldest);
    },
    of: (session) => calls.get(session) ?? [],
  };
};

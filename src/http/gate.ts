import { hash } from 'node:crypto';
import { type Caller, sessionMark } from '../django/caller.ts';
import { GatewayError } from '../operations/errors.ts';

/** Django's own judgement of a session. */
export type Verdict = 'ok' | 'anonymous' | 'not_staff' | 'csrf';

/** Asks Django. The CSRF token is judged too, unless it is null: then the request is a safe one. */
export type Judge = (caller: Caller, csrf: string | null, signal: AbortSignal) => Promise<Verdict>;

/** How long a good verdict is believed, in milliseconds: one conversation turn, not more. */
const verdictLifetimeMs = 5_000;
/** Most verdicts remembered; the oldest go first. */
const maxVerdicts = 1_000;

/** Remembers for seconds that a session passed; a refusal is never remembered. */
const createMemory = (now: () => number) => {
  const known = new Map<string, { readonly until: number; readonly session: string }>();
  return {
    has: (key: string): boolean => (known.get(key)?.until ?? 0) > now(),
    add: (key: string, session: string): void => {
      known.delete(key);
      known.set(key, { until: now() + verdictLifetimeMs, session });
      const [oldest] = known.keys();
      if (known.size > maxVerdicts && oldest !== undefined) known.delete(oldest);
    },
    forget: (session: string): void => {
      for (const [key, entry] of known) if (entry.session === session) known.delete(key);
    },
    size: (): number => [...known.values()].filter(({ until }) => until > now()).length,
  };
};

export interface Gate {
  /**
   * Lets staff pass. Anonymous callers get 401, others 403, and so does an unsafe request
   * whose CSRF token Django does not accept.
   *
   * @param csrf the token of an unsafe request, `''` where it has none; null for a safe one
   * @throws GatewayError `anonymous` | `forbidden`
   */
  readonly check: (
    caller: Caller,
    csrf: string | null,
    request: Pick<Request, 'signal'>,
  ) => Promise<void>;
  /** Django has refused a call of this session: it is asked anew before the next one. */
  readonly forget: (session: string) => void;
  /** How many sessions are remembered as having passed. */
  readonly remembered: () => number;
}

const refusalOf = (verdict: Exclude<Verdict, 'ok'>): GatewayError => {
  switch (verdict) {
    case 'anonymous':
      return new GatewayError('anonymous', 'This request carries no valid admin session.', {
        hint: 'Log in to the admin and send its session cookie and CSRF token.',
      });
    case 'not_staff':
      return new GatewayError('forbidden', 'This account may not use the admin.', {
        hint: 'It needs is_active and is_staff, as for the HTML admin.',
      });
    case 'csrf':
      return new GatewayError('forbidden', 'Django did not accept the CSRF token.', {
        hint: 'Send the CSRF cookie and the same token in the CSRF header: X-CSRFToken, unless the site has another.',
      });
  }
};

/** A probe goes by POST and changes nothing: that its answer was lost leaves nothing unknown. */
const withoutOutcome = (thrown: unknown): unknown =>
  thrown instanceof GatewayError && thrown.reason === 'unknown_outcome'
    ? new GatewayError('upstream', 'Django hung up while it checked the session.', {
        hint: 'Nothing was done. Try again.',
        cause: thrown,
      })
    : thrown;

export const createGate = (judge: Judge, now: () => number = Date.now): Gate => {
  const passed = createMemory(now);
  const keyOf = (caller: Caller, csrf: string | null): string =>
    hash('sha256', JSON.stringify([caller.fingerprint(), csrf]), 'base64');
  return {
    check: async (caller, csrf, request) => {
      if (passed.has(keyOf(caller, csrf))) return;
      // Made by the request when it is first asked for, and most never are.
      const { signal } = request;
      // Before the key is made: a caller that has yet to log in has no fingerprint of its own.
      if (!(await caller.hasSession(signal))) throw refusalOf('anonymous');
      const key = keyOf(caller, csrf);
      if (passed.has(key)) return;
      const verdict = await judge(caller, csrf, signal).catch((thrown: unknown) => {
        throw withoutOutcome(thrown);
      });
      if (verdict !== 'ok') throw refusalOf(verdict);
      passed.add(key, sessionMark(caller));
    },
    forget: passed.forget,
    remembered: passed.size,
  };
};

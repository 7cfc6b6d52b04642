import type { DjangoRequest, DjangoResponse } from './messages.ts';
import type { Site } from './site.ts';

/**
 * One Django session: bound to one site and one user, never shared between either.
 *
 * Redirects are never followed: where a response points is for the reader to judge
 * (a 302 is not success).
 */
export interface Caller {
  readonly site: Site;

  /**
   * Sends one request with this session's cookies and the `Referer` that Django's CSRF
   * check wants on HTTPS; cookies in the answer are kept, but for the `messages` cookie,
   * which belongs to its response alone ({@link DjangoResponse.setCookies}).
   *
   * @throws GatewayError `upstream` | `unknown_outcome` | `timeout` | `cancelled` | `too_large`;
   *   `anonymous` | `forbidden` when a first login was needed and Django refused it
   */
  readonly send: (request: DjangoRequest, signal: AbortSignal) => Promise<DjangoResponse>;

  /**
   * The token for the CSRF header ({@link Site.csrfHeader}) of an unsafe request without a
   * form. Reading a page may be needed to get one.
   */
  readonly csrfToken: (signal: AbortSignal) => Promise<string>;

  /**
   * False where it is known beforehand that nobody is logged in. What Django tells strangers
   * is no answer to a user: some of it looks like a refusal.
   */
  readonly hasSession: (signal: AbortSignal) => Promise<boolean>;

  /**
   * Logs in again after Django ended the session. False where no credentials are held;
   * then the user must act.
   *
   * @throws GatewayError `anonymous` when Django refuses the credentials
   */
  readonly renew: (signal: AbortSignal) => Promise<boolean>;

  /** Runs writers one after another: Django's messages and CSRF rotation are per session. */
  readonly exclusive: <T>(run: () => Promise<T>) => Promise<T>;

  /**
   * A digest of the session, for caches that must never mix callers. It is not reversible, and
   * another one in each process, unless a key is given, which all that share it get the same for.
   * With a key it is also the same for as long as the session is, where that is a signed cookie,
   * another one in each answer: for what is bound to a session, while caches start anew then.
   */
  readonly fingerprint: (key?: Uint8Array) => string;

  /** As the admin greets the user, where a login or a page has told; themes may hide it. */
  readonly userName?: () => string | undefined;

  /** What the user must do when the session is over, in one sentence. */
  readonly signInHint: string;
}

/** Tells sessions apart within one process: in its log, and in what it remembers of them. */
export const sessionMark = (caller: Caller): string => caller.fingerprint().slice(0, 8);

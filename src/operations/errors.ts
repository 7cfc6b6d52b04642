import type { JsonObject } from './json.ts';

/**
 * Why a call could not be run. A refusal by the admin is not among them: that is an
 * {@link import('./upstream.ts').Answer} with the admin's own status.
 *
 * - `input`: the arguments, before anything was sent
 * - `config`: a setting of this gateway
 * - `anonymous`: no session, or Django ended it
 * - `forbidden`: logged in, but not staff; CSRF; or this gateway's policy
 * - `missing`: the tool, endpoint or admin is not there
 * - `conflict`: the object is not what the caller thinks it is
 * - `too_large`: more than a named limit, in or out
 * - `unsupported`: the admin can do it, this upstream cannot do it safely
 * - `upstream`: Django could not be reached or answered nonsense
 * - `unknown_outcome`: something was sent, and whether it took effect cannot be known
 * - `busy`: this caller asks for more than a named limit; `unavailable`: Django is down, or we are full
 * - `timeout`, `cancelled`: nobody is waiting any more
 * - `internal`: our own fault
 */
export const reasons = [
  'input',
  'config',
  'anonymous',
  'forbidden',
  'missing',
  'conflict',
  'too_large',
  'unsupported',
  'upstream',
  'unknown_outcome',
  'busy',
  'unavailable',
  'timeout',
  'cancelled',
  'internal',
] as const;

export type Reason = (typeof reasons)[number];

/** The HTTP status that stands for each reason, on every surface that speaks in statuses. */
export const statusOf = {
  input: 400,
  config: 500,
  anonymous: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 422,
  upstream: 502,
  unknown_outcome: 502,
  busy: 429,
  unavailable: 503,
  timeout: 504,
  cancelled: 499,
  internal: 500,
} as const satisfies Record<Reason, number>;

export interface GatewayErrorOptions {
  /** What to do next, in one sentence. */
  readonly hint?: string;
  /** Facts for the caller, safe to show; text from Django or a record belongs here and not in `message`. */
  readonly details?: JsonObject;
  readonly cause?: unknown;
}

/**
 * The one error of this project. `message` says what happened and `hint` what to do, both
 * in our own words: text that Django or a record wrote is data and goes into `details`.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly reason: Reason;
  readonly hint: string | undefined;
  readonly details: JsonObject | undefined;

  constructor(reason: Reason, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.hint = options.hint;
    this.details = options.details;
  }

  get status(): number {
    return statusOf[this.reason];
  }

  /** The error as every surface shows it: `{code, message, hint?, details?}`. */
  toJSON(): JsonObject {
    return {
      code: this.reason,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** Wraps what is not ours as `internal`; the original stays as `cause` for the log and is never shown. */
export const asGatewayError = (error: unknown): GatewayError =>
  error instanceof GatewayError
    ? error
    : new GatewayError('internal', 'The gateway failed while it ran this call.', {
        hint: 'This is a fault of the gateway; its log has the cause.',
        cause: error,
      });

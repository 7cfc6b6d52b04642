import { asGatewayError, GatewayError, type Reason, statusOf } from '../operations/errors.ts';
import type { CallFacts, Upstream } from '../operations/upstream.ts';
import {
  type AuditLine,
  addedKeys,
  callerOf,
  lineOf,
  lineOfRefused,
  mayChange,
  type Source,
} from './audit/line.ts';
import { outcomeOf, outcomeOfReason } from './audit/outcome.ts';
import { wrapEach } from './wrap.ts';

/** Where lines go. */
export interface AuditTrail {
  /** Before something may be changed. Throws where the end could not be written down either. */
  readonly begin: (line: AuditLine) => void;
  /** How a call ended; `cause` is for the log alone. Never throws. */
  readonly end: (line: AuditLine, cause?: unknown) => void;
}

/** A trail whose every end is told to somebody else as well. */
export const watchedTrail = (
  trail: AuditTrail,
  watch: ((line: AuditLine) => void) | undefined,
): AuditTrail =>
  watch === undefined
    ? trail
    : {
        ...trail,
        end: (line, cause) => {
          trail.end(line, cause);
          watch(line);
        },
      };

/** Writes down a call that was refused before it could run, as for its arguments. */
export const auditRefused =
  (trail: AuditTrail) =>
  (tool: string, reason: Reason, source: Source): void =>
    trail.end({
      ...lineOfRefused(tool, source),
      outcome: outcomeOfReason[reason],
      status: statusOf[reason],
      reason,
      ms: 0,
    });

const noTrace = (cause: unknown): GatewayError =>
  new GatewayError('unavailable', 'The audit file cannot be written, so nothing was changed.', {
    hint: 'Reading goes on. Tell the operator: the disk may be full, or the file not writable.',
    cause,
  });

/**
 * Writes down every call: one line for its end, and one before that for whatever may change
 * something, which does not run if the line cannot be written. Never a value.
 */
export const withAudit = (trail: AuditTrail, upstream: Upstream): Upstream =>
  wrapEach(upstream, async (call, next) => {
    const started = performance.now();
    const before = lineOf(call);
    let facts: CallFacts = {};
    const record = (more: CallFacts): void => {
      facts = { ...facts, ...more };
      call.context.record?.(more);
    };
    const line = (): Omit<AuditLine, 'outcome'> => ({
      ...before,
      ...callerOf(call.context),
      ...facts,
      ms: Math.round(performance.now() - started),
    });
    try {
      if (mayChange(call))
        try {
          trail.begin({ ...before, outcome: 'begun' });
        } catch (cause) {
          throw noTrace(cause);
        }
      const answer = await next(call.input, { ...call.context, record });
      const outcome = outcomeOf(answer, facts);
      trail.end({ ...line(), ...addedKeys(call, answer), outcome, status: answer.status });
      return answer;
    } catch (thrown) {
      const error = asGatewayError(thrown);
      const { reason, status, cause } = error;
      trail.end({ ...line(), outcome: outcomeOfReason[reason], status, reason }, cause);
      throw error;
    }
  });

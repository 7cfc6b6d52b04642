import type { Reason } from '../../operations/errors.ts';
import { isJsonObject } from '../../operations/json.ts';
import type { Answer, CallFacts } from '../../operations/upstream.ts';

/**
 * How a call ended. `asked`: nothing was done, somebody has to agree first. `partly`: the admin
 * saved some of it. `unknown`: it cannot be told whether it took effect.
 */
export type Outcome =
  | 'done'
  | 'partly'
  | 'refused'
  | 'conflict'
  | 'asked'
  | 'declined'
  | 'cancelled'
  | 'failed'
  | 'unknown';

export const outcomeOfReason = {
  input: 'refused',
  config: 'failed',
  anonymous: 'refused',
  forbidden: 'refused',
  missing: 'refused',
  conflict: 'conflict',
  too_large: 'refused',
  unsupported: 'refused',
  upstream: 'failed',
  unknown_outcome: 'unknown',
  busy: 'refused',
  unavailable: 'failed',
  timeout: 'failed',
  cancelled: 'cancelled',
  internal: 'failed',
} as const satisfies Record<Reason, Outcome>;

const codeOf = ({ body: { error } }: Answer): unknown =>
  error !== undefined && isJsonObject(error) ? error['code'] : undefined;

export const outcomeOf = (answer: Answer, { confirmation }: CallFacts): Outcome => {
  const { status, body } = answer;
  if (confirmation === 'declined' || confirmation === 'cancelled') return confirmation;
  if (status === 428 || body['executed'] === false) return 'asked';
  if (body['executed'] === null) return 'unknown';
  if (codeOf(answer) === 'partly_saved') return 'partly';
  if (codeOf(answer) === 'conflict') return 'conflict';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
};

import { asGatewayError, type Reason } from '../operations/errors.ts';

/** Exit codes: 2 for what the caller typed or configured, 3 for sign-in, 4 for Django, 1 for the rest. */
export const exitCodeOf = {
  input: 2,
  config: 2,
  anonymous: 3,
  forbidden: 3,
  missing: 1,
  conflict: 1,
  too_large: 1,
  unsupported: 1,
  upstream: 4,
  unknown_outcome: 4,
  busy: 4,
  unavailable: 4,
  timeout: 4,
  cancelled: 130,
  internal: 1,
} as const satisfies Record<Reason, number>;

/** Prints an error for a person on stderr and returns the exit code. */
export const reportError = (thrown: unknown): number => {
  const error = asGatewayError(thrown);
  process.stderr.write(`error: ${error.message}\n`);
  if (error.details !== undefined)
    process.stderr.write(`  ${JSON.stringify(error.details, null, 2).replaceAll('\n', '\n  ')}\n`);
  if (error.hint !== undefined) process.stderr.write(`  ${error.hint}\n`);
  if (error.reason === 'internal' && error.cause instanceof Error)
    process.stderr.write(`  ${error.cause.stack ?? error.cause.message}\n`);
  return exitCodeOf[error.reason];
};

import { GatewayError } from './errors.ts';
import type { JsonObject } from './json.ts';

/**
 * An error in the middle of a call, with what was done before it. The mark keeps us from
 * repeating the call.
 */
export const partlyDone = (error: GatewayError, done: JsonObject): GatewayError =>
  new GatewayError(error.reason, error.message, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details: { ...error.details, partly_done: true, ...done },
    cause: error.cause,
  });

/** Nobody waits any more, seen before the next of several requests. */
export const stopped = (done: number, of: number): GatewayError =>
  new GatewayError(
    'cancelled',
    `Stopped before the next form was sent; ${done} of ${of} objects are done.`,
    { hint: 'Those that were not tried can be sent again.' },
  );

import { operations } from '../operations/catalogue.ts';
import { GatewayError } from '../operations/errors.ts';
import type { Upstream } from '../operations/upstream.ts';
import { wrapEach } from './wrap.ts';

/** Set in the details of an `anonymous` error when a part of the call had already been done. */
const partlyDone = (error: GatewayError): boolean => error.details?.['partly_done'] === true;

/**
 * Logs in again when Django ended the session in the middle, and runs the call once more.
 * Safe for writes too: a request that Django sends to its login page never reached a view.
 * A call that had already done a part is not repeated; it says so itself.
 */
export const withRenewal = (upstream: Upstream): Upstream =>
  wrapEach(upstream, async ({ name, context }, next) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof GatewayError) || error.reason !== 'anonymous') throw error;
      if (operations[name].effect !== 'read' && partlyDone(error)) throw error;
      if (await context.caller.renew(context.signal)) return next();
      throw new GatewayError('anonymous', 'Django does not know this session any more.', {
        hint: context.caller.signInHint,
        cause: error,
      });
    }
  });

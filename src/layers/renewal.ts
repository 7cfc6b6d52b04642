import { GatewayError } from '../operations/errors.ts';
import { operationFacts } from '../operations/facts.ts';
import type { Context, Upstream } from '../operations/upstream.ts';
import { wrapEach } from './wrap.ts';

/** Set in the details of an `anonymous` error when a part of the call had already been done. */
const partlyDone = (error: GatewayError): boolean => error.details?.['partly_done'] === true;

const nobodyIsLoggedIn = ({ caller }: Context, cause?: unknown): GatewayError =>
  new GatewayError('anonymous', 'Nobody is logged in to the admin.', {
    hint: caller.signInHint,
    cause,
  });

/**
 * Logs in where there is no session, and again when Django ended it in the middle; then the
 * call runs once more. Safe for writes too: a request that Django sends to its login page never reached a
 * view. A call that had already done a part is not repeated; it says so itself.
 */
export const withRenewal = (upstream: Upstream): Upstream =>
  wrapEach(upstream, async ({ name, context }, next) => {
    const { caller, signal } = context;
    if (!(await caller.hasSession(signal)) && !(await caller.renew(signal)))
      throw nobodyIsLoggedIn(context);
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof GatewayError) || error.reason !== 'anonymous') throw error;
      if (operationFacts[name].effect !== 'read' && partlyDone(error)) throw error;
      if (await caller.renew(signal)) return next();
      throw nobodyIsLoggedIn(context, error);
    }
  });

import { isLoginRedirect } from '../django/redirects.ts';
import { siteInWords } from '../django/transport-error.ts';
import { GatewayError } from '../operations/errors.ts';
import { readCsrfToken } from './csrf-token.ts';
import type { SessionCaller } from './session-caller.ts';
import { whoAmI } from './who-am-i.ts';

const isOver = (error: unknown): boolean =>
  error instanceof GatewayError && error.reason === 'anonymous';

/**
 * Ends the session on Django's side and drops it here and in the store.
 *
 * @returns false when Django had ended it already
 * @throws GatewayError `upstream` when Django still knows the session afterwards; it is kept then
 */
export const logout = async (caller: SessionCaller, signal: AbortSignal): Promise<boolean> => {
  const { site } = caller;
  const admin = site.adminUrl.pathname;
  const token = await readCsrfToken(caller, signal).catch((error: unknown) => {
    if (isOver(error)) return undefined;
    throw error;
  });
  if (token === undefined) {
    await caller.forget();
    return false;
  }
  // GET works up to Django 4.2 only, POST everywhere.
  const response = await caller.send(
    {
      method: 'POST',
      path: `${admin}logout/`,
      referer: admin,
      body: { kind: 'form', fields: [['csrfmiddlewaretoken', token]] },
    },
    signal,
  );
  const isKnown = await whoAmI(caller, signal).then(
    ({ standing }) => standing !== 'anonymous',
    (error: unknown) => {
      // Without a single cookie left, the caller does not even ask.
      if (isOver(error)) return false;
      throw error;
    },
  );
  if (isKnown)
    throw new GatewayError('upstream', `${siteInWords(site)} did not end the session.`, {
      hint: 'Log out with a browser, or delete the session in Django.',
      details: { status: response.status },
    });
  await caller.forget();
  return !isLoginRedirect(site, response);
};

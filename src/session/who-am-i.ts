import { adminAnchor } from '../django/admin-anchor.ts';
import { classifyRedirect, isHttpsUpgrade, isSameSite } from '../django/redirects.ts';
import { readLoginPage } from './login-page.ts';
import { siteFault } from './site-fault.ts';
import type { Visitor } from './visitor.ts';

export type Standing = 'staff' | 'not_staff' | 'anonymous';

export interface Identity {
  /** `not_staff`: logged in, but not allowed into this admin. */
  readonly standing: Standing;
  /** As the admin greets the user: a short name, or the user name. Themes may hide it. */
  readonly userName: string | undefined;
  /** The host of a single sign-on that Django sent us to. */
  readonly signOnHost: string | undefined;
}

/**
 * The admin's login page greets a user who is not staff with an error, before anything was
 * sent. Unfold, grappelli and simpleui leave it out: such a user looks anonymous there.
 */
const strangerGreeting = /\bauthenticated as\b/i;

const identity = (
  standing: Standing,
  found: { readonly userName?: string | undefined; readonly signOnHost?: string | undefined } = {},
): Identity => ({ standing, userName: found.userName, signOnHost: found.signOnHost });

/** Looks at the login page, to tell those whom the admin turned away apart. */
export const lookOutside = async (
  { site, send }: Visitor,
  signal: AbortSignal,
): Promise<Identity> => {
  const page = await send({ method: 'GET', path: `${site.adminUrl.pathname}login/` }, signal);
  if (page.location !== undefined && !isSameSite(site, page.location))
    return identity('anonymous', { signOnHost: page.location.host });
  if (page.status !== 200) return identity('anonymous');
  const { errors } = await readLoginPage(page.text);
  const isStranger = errors.length > 0 || strangerGreeting.test(page.text);
  return identity(isStranger ? 'not_staff' : 'anonymous');
};

/**
 * Asks Django who a session belongs to, by one request for the admin index, and one more
 * where the admin turns it away.
 *
 * @throws GatewayError `missing` where there is no admin; `config` | `upstream` for any other answer
 */
export const whoAmI = async (visitor: Visitor, signal: AbortSignal): Promise<Identity> => {
  const { site, send } = visitor;
  const response = await send({ method: 'GET', path: site.adminUrl.pathname }, signal);
  const redirect = classifyRedirect(site, response);
  if (response.status === 200 && adminAnchor.test(response.text)) {
    const { userName } = await readLoginPage(response.text);
    return identity('staff', { userName });
  }
  if (redirect === 'login' && response.location?.pathname === `${site.adminUrl.pathname}login/`)
    return lookOutside(visitor, signal);
  if (isHttpsUpgrade(site, response)) throw siteFault(site, response);
  if (redirect === 'login' || redirect === 'foreign')
    return identity('anonymous', { signOnHost: response.location?.host });
  if (response.status === 403) return identity('not_staff');
  throw siteFault(site, response);
};

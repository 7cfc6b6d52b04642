import type { DjangoResponse } from './messages.ts';
import type { Site } from './site.ts';

/**
 * Where a redirect leads:
 *
 * - `login`: to a login that means to come back to the page asked. The view never ran: the
 *   session is over, or the user is not staff
 * - `foreign`: off the site's origin
 * - `admin_index`: the admin index itself
 * - `inside`: elsewhere below the admin index
 * - `outside`: elsewhere on the site's origin
 */
export type RedirectKind = 'login' | 'foreign' | 'admin_index' | 'inside' | 'outside';

type Redirect = Pick<DjangoResponse, 'path' | 'location'>;

/** Whether an address is on the site, under the origin we ask or the one that Django believes in. */
export const isSameSite = (site: Site, url: URL): boolean =>
  url.origin === site.adminUrl.origin || url.origin === site.publicOrigin;

/**
 * Path segments that logins have. A `next` that names our page is not enough: a save may
 * redirect to any page of the project, and to take that for a login would save twice.
 */
const loginSegment =
  /^(?:.*log-?_?in|.*sign-?_?in|sso|saml2?|oidc|oauth2?|authori[sz]e|authenticate|auth|cas|2fa|mfa|otp|two[-_]factor|verify)$/i;

const segments = (url: URL): string[] => url.pathname.split('/').filter((part) => part !== '');

const looksLikeLogin = (site: Site, url: URL): boolean => {
  const { pathname } = site.adminUrl;
  if (isSameSite(site, url) && url.pathname.startsWith(pathname))
    // Below the admin an app may well be called `auth` or `otp`: only its last part tells.
    return /login$/i.test(segments(url).at(-1) ?? '');
  return segments(url).some((segment) => loginSegment.test(segment));
};

/** Whether any parameter (`next`, `return_to`, `TARGET`, …) is an address of the page asked. */
const comesBack = (site: Site, asked: string, to: URL): boolean => {
  const { origin } = site.adminUrl;
  const wanted = new URL(asked, origin).pathname;
  return [...to.searchParams.values()].some((value) => {
    if (!/^(?:\/|https?:)/i.test(value) || !URL.canParse(value, origin)) return false;
    const back = new URL(value, origin);
    return isSameSite(site, back) && back.pathname === wanted;
  });
};

/** Undefined for an answer that is no redirect. Shared by both upstreams and the login. */
export const classifyRedirect = (site: Site, response: Redirect): RedirectKind | undefined => {
  const to = response.location;
  if (to === undefined) return undefined;
  const index = site.adminUrl.pathname;
  if (isSameSite(site, to) && to.pathname === `${index}login/`) return 'login';
  if (looksLikeLogin(site, to) && comesBack(site, response.path, to)) return 'login';
  if (!isSameSite(site, to)) return 'foreign';
  if (to.pathname === index) return 'admin_index';
  return to.pathname.startsWith(index) ? 'inside' : 'outside';
};

/** Whether Django wants a login before it shows the page that was asked; nothing was done. */
export const isLoginRedirect = (site: Site, response: Redirect): boolean =>
  classifyRedirect(site, response) === 'login';

/** Whether a redirect only changes http to https (`SECURE_SSL_REDIRECT`): the site wants another setting. */
export const isHttpsUpgrade = (site: Site, response: Redirect): boolean =>
  site.adminUrl.protocol === 'http:' &&
  response.location?.protocol === 'https:' &&
  response.location.hostname === new URL(site.publicOrigin ?? site.adminUrl.origin).hostname &&
  `${response.location.pathname}${response.location.search}` === response.path;

import { classifyRedirect } from '../django/redirects.ts';
import { siteInWords } from '../django/transport-error.ts';
import { GatewayError } from '../operations/errors.ts';
import type { Visitor } from './visitor.ts';
import { lookOutside } from './who-am-i.ts';

export type Verdict = 'ok' | 'anonymous' | 'not_staff' | 'csrf';

/**
 * Views of every admin that read nothing from a POST, so that posting to them changes
 * nothing: the catalogue of translations takes GET alone and answers 405, 2 queries in all;
 * the index takes anything, and stands in where a site took the catalogue out.
 */
const harmless = [
  { page: 'jsi18n/', allowed: 405 },
  { page: '', allowed: 200 },
] as const;

/**
 * Lets Django itself judge a session and its CSRF token, without changing anything.
 *
 * Django checks CSRF first, then staff, then the method. The token goes as a form field,
 * which Django reads before any header, so `CSRF_HEADER_NAME` does not matter. Django
 * logs each probe as "Method Not Allowed": ask once a while, not on every request.
 *
 * @param token what the client sent as its CSRF header
 * @throws GatewayError `missing` | `upstream`
 */
export const probeSession = async (
  visitor: Visitor,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Verdict> => {
  const { site, send } = visitor;
  const admin = site.adminUrl.pathname;
  const turnedAway = async (): Promise<Verdict> => {
    const { standing } = await lookOutside(visitor, signal);
    return standing === 'not_staff' ? 'not_staff' : 'anonymous';
  };
  for (const { page, allowed } of harmless) {
    const path = `${admin}${page}`;
    const response = await send(
      {
        method: 'POST',
        path,
        body: { kind: 'form', fields: token === undefined ? [] : [['csrfmiddlewaretoken', token]] },
      },
      signal,
    );
    if (response.status === allowed) return 'ok';
    if (response.status === 404 && page !== '') continue;
    const redirect = classifyRedirect(site, response);
    if (redirect === 'login') return turnedAway();
    if (redirect === 'foreign') return 'anonymous';
    if (response.status === 403) {
      // An anonymous client has no valid token either, and needs a login rather than a token.
      const read = await send({ method: 'GET', path }, signal);
      if (read.status === 200) return 'csrf';
      return classifyRedirect(site, read) === 'login' ? turnedAway() : 'not_staff';
    }
    throw new GatewayError(
      'upstream',
      `${siteInWords(site)} did not say whether the session is good.`,
      {
        hint: 'Check that the admin URL is that of the admin index.',
        details: { status: response.status },
      },
    );
  }
  throw new GatewayError('missing', `${siteInWords(site)} has no admin at that path.`, {
    hint: 'Give the URL of the admin index, as a browser shows it after the login.',
  });
};

import { classifyRedirect, isHttpsUpgrade } from '../django/redirects.ts';
import { siteFault } from './site-fault.ts';
import type { Visitor } from './visitor.ts';
import { lookOutside } from './who-am-i.ts';

export type Verdict = 'ok' | 'anonymous' | 'not_staff' | 'csrf';

/** The catalogue of translations, in every admin: it takes GET alone, and costs two queries. */
const catalogue = 'jsi18n/';
const methodNotAllowed = 405;

/**
 * Lets Django itself judge a session and its CSRF token, without changing anything: a POST
 * to a page that reads nothing from it. Django checks CSRF first, then staff, then the
 * method, so that a 405 means that all is well (3.2 to 6.1, every CSRF setting). Where a
 * site took the catalogue out, the index stands in, which ignores the method.
 *
 * The token goes as a form field, which Django reads before any header, so
 * `CSRF_HEADER_NAME` does not matter. Django logs each probe as "Method Not Allowed": ask
 * once a while, not on every request.
 *
 * @param token what the client sent as its CSRF header
 * @throws GatewayError `missing` | `config` | `upstream`
 */
export const probeSession = async (
  visitor: Visitor,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Verdict> => {
  const { site, send } = visitor;
  const index = site.adminUrl.pathname;
  const fields: [string, string][] = token === undefined ? [] : [['csrfmiddlewaretoken', token]];
  const post = (path: string) =>
    send({ method: 'POST', path, body: { kind: 'form', fields } }, signal);
  const turnedAway = async (): Promise<Verdict> => {
    const { standing } = await lookOutside(visitor, signal);
    return standing === 'not_staff' ? 'not_staff' : 'anonymous';
  };

  const first = await post(`${index}${catalogue}`);
  if (first.status === methodNotAllowed) return 'ok';
  const answer = first.status === 404 ? await post(index) : first;
  if (answer !== first && answer.status === 200) return 'ok';
  if (answer.status === 403) {
    // An anonymous client has no valid token either, and needs a login rather than a token.
    const read = await send({ method: 'GET', path: answer.path }, signal);
    if (read.status === 200) return 'csrf';
    return classifyRedirect(site, read) === 'login' ? turnedAway() : 'not_staff';
  }
  const redirect = classifyRedirect(site, answer);
  if (redirect === 'login') return turnedAway();
  if (redirect === 'foreign' && !isHttpsUpgrade(site, answer)) return 'anonymous';
  throw siteFault(site, answer);
};

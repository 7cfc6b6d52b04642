import type { DjangoResponse } from '../django/messages.ts';
import type { Site } from '../django/site.ts';
import { pageOutcome } from './outcome-page.ts';
import { redirectOutcome } from './outcome-redirect.ts';
import type { Outcome, OutcomeRequest } from './outcome-types.ts';
import { adminTarget } from './pages/url.ts';

/** Django's page names CSRF in every language; in lower case the word is in any form's token. */
const isCsrfRefusal = (response: DjangoResponse): boolean => response.text.includes('CSRF');

const refusalOutcome = (response: DjangoResponse): Outcome => {
  const { status } = response;
  if (status === 400) return { kind: 'bad_request' };
  if (status === 401) return { kind: 'session_over', safeToRepeat: true };
  if (status === 403) return { kind: 'forbidden', csrf: isCsrfRefusal(response) };
  if (status === 404 || status === 410) return { kind: 'missing' };
  if (status === 405) return { kind: 'method_not_allowed' };
  if (status === 413) return { kind: 'too_large' };
  if (status === 429)
    return { kind: 'throttled', retryAfter: response.headers['retry-after'] ?? null };
  return status >= 500 ? { kind: 'server_error', status } : { kind: 'unexpected', status };
};

/**
 * What an answer of the admin means. A pure function of what was asked and what came back;
 * it says `done` only where Django redirected as it does after a success, or sent the popup's
 * proof, and never of a page.
 */
export const classify = (
  site: Pick<Site, 'adminUrl' | 'publicOrigin'>,
  request: OutcomeRequest,
  response: DjangoResponse,
): Outcome => {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const { location } = response;
    if (location === undefined) return { kind: 'unexpected', status };
    const target = adminTarget(site.adminUrl.pathname, request.path);
    return redirectOutcome(site, { ...request, target }, location, response);
  }
  if (status >= 200 && status < 300) return pageOutcome(site, request, response);
  return refusalOutcome(response);
};

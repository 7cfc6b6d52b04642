import { adminAnchor } from '../../django/admin-anchor.ts';
import type { DjangoResponse } from '../../django/messages.ts';
import { isWhole } from '../../html/whole.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { classify } from '../outcome.ts';
import type { Outcome } from '../outcome-types.ts';
import type { PageAddress } from '../pages/types/shared.ts';
import type { Desk } from './desk.ts';
import { badRequest, forbidden, notFound } from './refused.ts';

/** One answer of the admin, and what it means. */
export interface Visit {
  readonly response: DjangoResponse;
  readonly outcome: Outcome;
  readonly address: PageAddress;
}

/** Redirects of a reading that are followed: to a slash, or to the same page with another query. */
const maxHops = 2;

export const sessionOver = (desk: Desk, partlyDone: boolean): GatewayError =>
  new GatewayError('anonymous', 'Django ended this session.', {
    hint: desk.caller.signInHint,
    ...(partlyDone ? { details: { partly_done: true } } : {}),
  });

export const throttled = (retryAfter: string | null): GatewayError =>
  new GatewayError('upstream', 'Django answers too many requests with 429.', {
    hint: 'Wait before the next call.',
    ...(retryAfter === null ? {} : { details: { retry_after: retryAfter } }),
  });

/** Whether a redirect leads to the page that was asked, under another query or with a slash. */
const staysOn = (asked: string, location: string): boolean => {
  const bare = (path: string) => path.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return bare(asked) === bare(location);
};

/**
 * Reads one address. Redirects are followed only within the same page; any other says where
 * the admin wanted to go and is for the operation to judge.
 *
 * @throws GatewayError `anonymous` | `upstream` and those of the client
 */
export const visit = async (desk: Desk, path: string, partlyDone = false): Promise<Visit> => {
  let asked = path;
  for (let hop = 0; ; hop += 1) {
    const response = await desk.caller.send({ method: 'GET', path: asked }, desk.signal);
    const outcome = classify(desk.caller.site, { method: 'GET', path: asked }, response);
    if (outcome.kind === 'session_over') throw sessionOver(desk, partlyDone);
    if (outcome.kind === 'throttled') throw throttled(outcome.retryAfter);
    if (outcome.kind === 'server_error')
      throw new GatewayError('upstream', `Django failed to show this page (${outcome.status}).`, {
        hint: "The error is in Django's own log; its page is not passed on.",
        details: { status: outcome.status },
      });
    if (outcome.kind !== 'moved' || hop >= maxHops || !staysOn(asked, outcome.location))
      return { response, outcome, address: { adminPath: desk.adminPath, path: asked } };
    asked = outcome.location;
  }
};

/** ModelAdmin's last URL pattern takes whatever it does not know for a key: `<x>/` to `<x>/change/`. */
const isCatchAll = (asked: string, location: string): boolean =>
  location.replace(/\?.*$/s, '') === `${asked.replace(/\/?(?:\?.*)?$/s, '')}/change/`;

/** The admin's refusal to show a page, in the contract's words; undefined where it showed one. */
export const refusalOf = ({ outcome, address }: Visit): Error | undefined => {
  switch (outcome.kind) {
    case 'page':
    case 'data':
    case 'file':
      return undefined;
    case 'forbidden':
      return forbidden();
    case 'not_found':
    case 'missing':
    case 'unknown_url':
      return notFound();
    case 'bad_request':
      return badRequest('Django refused the request (400).');
    case 'query_rejected':
      return badRequest('The admin refused the query.');
    case 'moved':
    case 'away':
      if (isCatchAll(address.path, outcome.location)) return notFound();
      return new GatewayError('unsupported', 'The admin sends this page elsewhere.', {
        hint: 'Look at the redirect; the project handles this page in its own way.',
        details: { redirect: outcome.location },
      });
    default:
      return new GatewayError('upstream', 'The admin answered in a way that was not expected.', {
        details: detailsOf(outcome),
      });
  }
};

export const detailsOf = (outcome: Outcome): JsonObject => ({
  outcome: outcome.kind,
  ...('status' in outcome ? { status: outcome.status } : {}),
  ...('location' in outcome ? { redirect: outcome.location } : {}),
});

const wholePage = (html: string): string => {
  if (isWhole(html)) return html;
  throw new GatewayError('upstream', 'The page of the admin was cut off on its way.', {
    hint: 'Try again; if it stays so, a proxy in front of Django cuts its answers.',
  });
};

/** The text of an HTML page, or the refusal. */
export const htmlOf = (seen: Visit): string => {
  const refusal = refusalOf(seen);
  if (refusal !== undefined) throw refusal;
  if (seen.outcome.kind === 'page') return wholePage(seen.response.text);
  throw new GatewayError('unsupported', 'The admin answered with a file instead of a page.', {
    details: detailsOf(seen.outcome),
  });
};

/** The same for a page whose emptiness would be an answer: it must be one of the admin's own. */
export const adminHtmlOf = (seen: Visit): string => {
  const html = htmlOf(seen);
  if (adminAnchor.test(html)) return html;
  throw new GatewayError('upstream', 'Django answered with a page that is not the admin.', {
    hint: 'Look at the site with: npx django-admin-mcp-api check.',
  });
};

export const readHtml = async <Model>(
  desk: Desk,
  path: string,
  read: (html: string, address: PageAddress) => Model,
  partlyDone = false,
): Promise<Model> => {
  const seen = await visit(desk, path, partlyDone);
  return read(htmlOf(seen), seen.address);
};

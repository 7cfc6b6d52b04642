import type { DjangoResponse } from '../django/messages.ts';
import type { Site } from '../django/site.ts';
import { decodeMessages, type Message } from './messages-cookie.ts';
import type { Outcome, OutcomeRequest, Redirect } from './outcome-types.ts';
import type { AdminTarget } from './pages/types/shared.ts';
import { adminTarget } from './pages/url.ts';

interface Asked extends OutcomeRequest {
  readonly target: AdminTarget;
}

const decoded = (path: string): string => {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};

const pathOf = (path: string): string => decoded(path.replace(/[?#].*$/s, ''));

/** Whether a query value is the URL that was asked, as path or as absolute URL. */
const names = (value: string, path: string): boolean =>
  pathOf(value.replace(/^https?:\/\/[^/]*/, '')) === pathOf(path);

const loginPath =
  /(^|[/_.-])(log-?in|sign-?in|sso|saml2?|oauth2?|openid|oidc|auth|authorize|accounts?)([/_.-]|$)/i;

const returnParameters = new Set([
  'next',
  'return_to',
  'returnto',
  'return',
  'redirect',
  'redirect_to',
  'redirect_uri',
  'redirect_url',
  'rd',
  'url',
  'target',
  'relaystate',
]);

const comesBack = (location: URL, path: string): boolean =>
  [...location.searchParams].some(
    ([name, value]) => returnParameters.has(name.toLowerCase()) && names(value, path),
  );

/** A redirect to a login page, Django's or a foreign one; undefined where it is none. */
const sessionOver = (asked: Asked, location: URL, target: AdminTarget): Outcome | undefined => {
  const safeToRepeat = comesBack(location, asked.path);
  if (target.kind === 'login') return { kind: 'session_over', safeToRepeat };
  if (target.kind !== 'outside' || !safeToRepeat) return undefined;
  // After a POST, "come back here" is proof only on something that calls itself a login.
  return asked.method === 'GET' ||
    loginPath.test(location.pathname) ||
    loginPath.test(location.host)
    ? { kind: 'session_over', safeToRepeat }
    : undefined;
};

const isSuccess = (message: Message): boolean =>
  message.levelNumber >= 25 && message.levelNumber < 30;
const isWarning = (message: Message): boolean => message.levelNumber >= 30;

/** Pages whose object Django looks up first, going to the index when it is not there. */
const isOfAnObject = (target: AdminTarget): boolean =>
  target.kind === 'change' || target.kind === 'delete' || target.kind === 'history';

const toIndex = (asked: Asked, redirect: Redirect): Outcome => {
  const { messages } = redirect;
  // Deleting or adding without permission to see the list ends at the index too, with a success message.
  if (messages?.some(isSuccess) && asked.method === 'POST')
    return { kind: 'done', evidence: 'message', ...redirect };
  if (isOfAnObject(asked.target))
    return messages?.some(isWarning) || asked.method === 'GET'
      ? { kind: 'not_found', ...redirect }
      : { kind: 'unclear', ...redirect };
  return { kind: asked.method === 'GET' ? 'moved' : 'unclear', ...redirect };
};

const afterPost = (redirect: Redirect): Outcome => {
  const { messages } = redirect;
  if (messages?.some(isSuccess)) return { kind: 'done', evidence: 'message', ...redirect };
  return messages?.some(isWarning) && messages.every(isWarning)
    ? { kind: 'warned', ...redirect }
    : { kind: 'done', evidence: 'redirect', ...redirect };
};

const stripSlash = (path: string): string => path.replace(/\/+$/, '');

export const redirectOutcome = (
  site: Pick<Site, 'adminUrl' | 'publicOrigin'>,
  asked: Asked,
  location: URL,
  response: DjangoResponse,
): Outcome => {
  const isOwn = location.origin === site.adminUrl.origin || location.origin === site.publicOrigin;
  const adminPath = site.adminUrl.pathname;
  const target: AdminTarget = isOwn
    ? adminTarget(adminPath, location.pathname)
    : { kind: 'outside' };
  const over = sessionOver(asked, location, target);
  if (over !== undefined) return over;
  const cookie = response.setCookies.get('messages');
  const redirect: Redirect = {
    location: isOwn ? location.pathname + location.search : location.href,
    target,
    messages: cookie === undefined ? null : (decodeMessages(cookie)?.messages ?? null),
  };
  if (target.kind === 'outside') return { kind: 'away', ...redirect };
  const askedPath = pathOf(asked.path);
  const path = decoded(location.pathname);
  if (
    asked.target.kind === 'changelist' &&
    path === askedPath &&
    location.searchParams.get('e') === '1'
  )
    return { kind: 'query_rejected', ...redirect };
  // ModelAdmin's last URL pattern sends whatever it does not know to the change page of that "key".
  if (asked.target.kind !== 'index' && path === `${stripSlash(askedPath)}/change/`)
    return { kind: 'unknown_url', ...redirect };
  // CommonMiddleware (APPEND_SLASH) and AdminSite.catch_all_view; a POST has lost its body by then.
  if (path === `${askedPath}/`) return { kind: 'moved', ...redirect };
  if (target.kind === 'index') return toIndex(asked, redirect);
  return asked.method === 'GET' ? { kind: 'moved', ...redirect } : afterPost(redirect);
};

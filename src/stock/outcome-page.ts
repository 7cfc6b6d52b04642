import type { DjangoResponse } from '../django/messages.ts';
import type { Site } from '../django/site.ts';
import { attribute } from '../html/element.ts';
import { named, type Page, tagged } from '../html/page.ts';
import { readPage } from '../html/read-page.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import { readForms } from './forms/controls.ts';
import type { Outcome, OutcomeRequest } from './outcome-types.ts';
import { adminTarget, resolveHref } from './pages/url.ts';

const mediaTypeOf = (response: DjangoResponse): string =>
  (response.headers['content-type'] ?? 'text/html').split(';')[0]?.trim().toLowerCase() ?? '';

const isText = (mediaType: string): boolean =>
  mediaType.startsWith('text/') || /\b(json|javascript|ecmascript)\b/.test(mediaType);

/** The file name of a `Content-Disposition`; RFC 6266 prefers the extended form. */
export const fileName = (disposition: string): string => {
  const extended = /filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended.trim());
    } catch {
      // Not percent-encoded after all; the plain form may be there.
    }
  }
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition);
  return (plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]?.trim()) || 'download';
};

const fileOutcome = (response: DjangoResponse): Outcome | undefined => {
  const mediaType = mediaTypeOf(response);
  const disposition = response.headers['content-disposition'] ?? '';
  if (/^\s*attachment\b/i.test(disposition) || !isText(mediaType))
    return { kind: 'file', mediaType, name: fileName(disposition) };
  return mediaType === 'text/html' ? undefined : { kind: 'data', mediaType };
};

const parseJson = (text: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const scalarText = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

/** `admin/popup_response.html`: `{value, obj}`, and `action`, `new_value` after a change or deletion. */
const popupOutcome = (page: Page): Outcome | undefined => {
  const holder = page.byId.get('django-admin-popup-response-constants');
  // Django's page is this script and nothing to fill in; markup of a record could imitate the one, not the other.
  if (holder?.tag !== 'script' || tagged(page, 'form').length > 0) return undefined;
  const data = parseJson(attribute(holder, 'data-popup-response') ?? '');
  if (data === undefined) return undefined;
  const action =
    data['action'] === 'change' || data['action'] === 'delete' ? data['action'] : 'add';
  const value = scalarText(data['new_value'] ?? data['value']);
  if (value === null) return undefined;
  return { kind: 'popup_done', action, value, label: scalarText(data['obj']) };
};

/** Some sites answer with the login form itself, and status 200. */
const isLoginPage = (page: Page, adminPath: string, path: string): boolean => {
  if (named(page, 'username').length === 0 || named(page, 'password').length === 0) return false;
  if (page.byId.has('login-form')) return true;
  return readForms(page).some(({ form }) => {
    const action = resolveHref({ adminPath, path }, form.action);
    return action !== undefined && adminTarget(adminPath, action).kind === 'login';
  });
};

/** An answer with status 2xx: never a success by itself. */
export const pageOutcome = (
  site: Pick<Site, 'adminUrl'>,
  request: OutcomeRequest,
  response: DjangoResponse,
): Outcome => {
  const file = fileOutcome(response);
  if (file !== undefined) return file;
  const kind = request.method === 'GET' ? 'page' : 'returned';
  const adminPath = site.adminUrl.pathname;
  // Parsing is only worth it where the text shows one of the two things looked for.
  const mayBePopup = request.method === 'POST' && response.text.includes('data-popup-response');
  const mayBeLogin =
    response.text.includes('name="username"') &&
    response.text.includes('name="password"') &&
    adminTarget(adminPath, request.path).kind !== 'login';
  if (!mayBePopup && !mayBeLogin) return { kind };
  const page = readPage(response.text);
  const popup = mayBePopup ? popupOutcome(page) : undefined;
  if (popup !== undefined) return popup;
  // The view did not run, but nothing on such a page says that it was our request's.
  return mayBeLogin && isLoginPage(page, adminPath, request.path)
    ? { kind: 'session_over', safeToRepeat: false }
    : { kind };
};

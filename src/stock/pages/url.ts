import { pkOfSegment } from '../../django/quote.ts';
import type { AdminTarget, PageAddress, PageLink } from './types/shared.ts';

/** Origin for resolving relative links; it never leaves this file. */
const nowhere = 'http://admin.invalid';

/** A link of a page, resolved: path and query, or the absolute URL of another origin. */
export const resolveHref = (address: PageAddress, href: string): string | undefined => {
  // Most links of a page start with the admin's own path; parsing a URL costs a microsecond each.
  if (/^\/(?!\/)[^#\\]*$/.test(href) && !href.includes('/.')) return href;
  let url: URL;
  try {
    url = new URL(href, `${nowhere}${address.path}`);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return url.origin === nowhere ? url.pathname + url.search : url.href;
};

/** Both regexes are what Python identifiers allow in an app label or a lower-case model name. */
const label = /^[A-Za-z_][A-Za-z0-9_]*$/;
const name = /^[a-z_\u0080-\uffff][a-z0-9_\u0080-\uffff]*$/;

type SiteTarget =
  | 'login'
  | 'logout'
  | 'own_password'
  | 'own_password_done'
  | 'autocomplete'
  | 'jsi18n';

const siteTargets: ReadonlyMap<string, SiteTarget> = new Map([
  ['login', 'login'],
  ['logout', 'logout'],
  ['password_change', 'own_password'],
  ['password_change/done', 'own_password_done'],
  ['autocomplete', 'autocomplete'],
  ['jsi18n', 'jsi18n'],
]);

const objectPages = new Set(['change', 'delete', 'history', 'password']);

const isObjectPage = (text: string): text is 'change' | 'delete' | 'history' | 'password' =>
  objectPages.has(text);

/** What a path inside the admin stands for, by its shape; `path` may carry a query. */
export const adminTarget = (adminPath: string, path: string): AdminTarget => {
  if (!path.startsWith(adminPath)) return { kind: 'outside' };
  const end = path.search(/[?#]/);
  const rest = path.slice(adminPath.length, end === -1 ? undefined : end);
  if (rest === '') return { kind: 'index' };
  const segments = (rest.endsWith('/') ? rest.slice(0, -1) : rest).split('/');
  const site = segments.length > 2 ? undefined : siteTargets.get(segments.join('/'));
  if (site !== undefined) return { kind: site };
  const [appLabel = '', modelName, third, fourth] = segments;
  if (appLabel === 'r' && segments.length === 3) return { kind: 'view_on_site' };
  if (!label.test(appLabel)) return { kind: 'other' };
  if (modelName === undefined) return { kind: 'app', appLabel };
  if (!name.test(modelName)) return { kind: 'other' };
  const model = { appLabel, modelName };
  if (third === undefined) return { kind: 'changelist', ...model };
  if (third === 'add' && segments.length === 3) return { kind: 'add', ...model };
  if (fourth !== undefined && segments.length === 4 && isObjectPage(fourth))
    return { kind: fourth, ...model, pk: pkOfSegment(third) };
  if (fourth === undefined) return { kind: 'custom', ...model, pk: null, name: third };
  return { kind: 'custom', ...model, pk: pkOfSegment(third), name: segments.slice(3).join('/') };
};

export const pageLink = (address: PageAddress, href: string, text: string): PageLink | null => {
  const resolved = resolveHref(address, href);
  if (resolved === undefined) return null;
  return { label: text, href: resolved, target: adminTarget(address.adminPath, resolved) };
};

/** `?a=1&b=2` of a link, which is relative to the page. */
export const queryOf = (href: string): URLSearchParams => {
  const start = href.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : href.slice(start + 1).replace(/#.*$/, ''));
};

import { attribute, closest, type HtmlElement, hasClass, isInside } from '../../html/element.ts';
import { firstWithin, type Page, tagged } from '../../html/page.ts';
import { readPage } from '../../html/read-page.ts';
import { collapse, rawText, visibleText } from '../../html/text.ts';
import { readForms } from '../forms/controls.ts';
import { contentOf, readFrame } from './frame.ts';
import { readRecentActions } from './recent-actions.ts';
import type { IndexModel, IndexPage } from './types/others.ts';
import type { AdminTarget, ModelRef, PageAddress } from './types/shared.ts';
import { adminTarget, resolveHref } from './url.ts';

interface ModelLink {
  readonly element: HtmlElement;
  readonly model: ModelRef;
  readonly kind: 'changelist' | 'add';
}

const modelLink = (address: PageAddress, element: HtmlElement): ModelLink[] => {
  const href = attribute(element, 'href');
  const resolved = href ? resolveHref(address, href) : undefined;
  const target: AdminTarget =
    resolved === undefined ? { kind: 'outside' } : adminTarget(address.adminPath, resolved);
  if (target.kind !== 'changelist' && target.kind !== 'add') return [];
  const { appLabel, modelName } = target;
  return [{ element, model: { appLabel, modelName }, kind: target.kind }];
};

/** Links in the content first: a sidebar repeats them, with icons and without headings. */
const modelLinks = (page: Page, address: PageAddress): ModelLink[] => {
  const content = contentOf(page);
  const links = tagged(page, 'a').flatMap((element) => modelLink(address, element));
  const isContent = ({ element }: ModelLink): boolean =>
    content !== undefined && isInside(element, content);
  return [...links.filter(isContent), ...links.filter((link) => !isContent(link))];
};

const isVerbLink = (element: HtmlElement): boolean =>
  ['changelink', 'viewlink', 'addlink'].some((name) => hasClass(element, name));

const rowLabel = (element: HtmlElement): string => {
  const row = closest(element, (at) => at.tag === 'tr' || hasClass(at, 'grp-row'));
  const head = row?.children.find((child) => typeof child !== 'string');
  return head === undefined || typeof head === 'string' ? '' : visibleText(head);
};

const appClass = (element: HtmlElement): string | undefined =>
  element.classes.find((name) => /^app-./.test(name))?.slice('app-'.length);

/** A custom `get_app_list` shows groups that are no apps: their slug is none of the URLs' app labels. */
const groupOf = (page: Page, element: HtmlElement): IndexModel['group'] => {
  const box = closest(element, (at) => hasClass(at, 'module') && appClass(at) !== undefined);
  const around =
    box ?? closest(element, (at) => hasClass(at, 'grp-module') || hasClass(at, 'card'));
  const isCaption = (at: HtmlElement): boolean =>
    at.tag === 'caption' ||
    at.tag === 'h2' ||
    hasClass(at, 'section') ||
    hasClass(at, 'card-header');
  const caption = around && firstWithin(page, around, isCaption);
  return {
    label: (caption && visibleText(caption)) || null,
    slug: box === undefined ? null : (appClass(box) ?? null),
  };
};

const toModel = (page: Page, links: readonly ModelLink[]): IndexModel | undefined => {
  const [first] = links;
  if (first === undefined) return undefined;
  const lists = links.filter(({ kind }) => kind === 'changelist');
  const named = lists.find(({ element }) => !isVerbLink(element) && visibleText(element) !== '');
  const has = (name: string): boolean => lists.some(({ element }) => hasClass(element, name));
  return {
    ...first.model,
    label: named === undefined ? rowLabel(first.element) : visibleText(named.element),
    canList: lists.length > 0,
    canAdd: links.some(({ kind }) => kind === 'add'),
    canChange: has('changelink') ? true : has('viewlink') || lists.length === 0 ? false : null,
    group: groupOf(page, first.element),
  };
};

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** simpleui writes its menu into a script: `{"name": "Products", …, "url": "/admin/shop/product/"}`. */
const fromScripts = (page: Page, address: PageAddress): IndexModel[] => {
  const base = escapeRegExp(address.adminPath);
  const url = new RegExp(`"((?:${base})[A-Za-z_]\\w*/[a-z_]\\w*/(?:add/)?)"`, 'g');
  const found = new Map<string, IndexModel>();
  for (const script of tagged(page, 'script')) {
    const text = rawText(script);
    for (const { 1: path = '', index } of text.matchAll(url)) {
      const target = adminTarget(address.adminPath, path);
      if (target.kind !== 'changelist' && target.kind !== 'add') continue;
      const { appLabel, modelName } = target;
      const key = `${appLabel}.${modelName}`;
      const before = [
        ...text.slice(Math.max(0, index - 400), index).matchAll(/"name":\s*"((?:[^"\\]|\\.)*)"/g),
      ];
      const known = found.get(key);
      const label = before.at(-1)?.[1] ?? modelName;
      found.set(key, {
        appLabel,
        modelName,
        label: known?.label ?? collapse(JSON.parse(`"${label}"`) as string),
        canList: known?.canList === true || target.kind === 'changelist',
        canAdd: known?.canAdd === true || target.kind === 'add',
        canChange: null,
        group: { label: null, slug: null },
      });
    }
  }
  return [...found.values()];
};

const readModels = (page: Page, address: PageAddress): IndexModel[] => {
  const byModel = new Map<string, ModelLink[]>();
  for (const link of modelLinks(page, address)) {
    const key = `${link.model.appLabel}.${link.model.modelName}`;
    const known = byModel.get(key);
    if (known === undefined) byModel.set(key, [link]);
    else known.push(link);
  }
  const models = [...byModel.values()].flatMap((links) => toModel(page, links) ?? []);
  return models.length > 0 ? models : fromScripts(page, address);
};

/** A form since Django 4.1; before, and in some themes, a link. 5.0 and later refuse GET. */
const readLogout = (page: Page, address: PageAddress): IndexPage['logout'] => {
  const isLogout = (href: string | undefined): string | undefined => {
    const path = href ? resolveHref(address, href) : undefined;
    return path !== undefined && adminTarget(address.adminPath, path).kind === 'logout'
      ? path
      : undefined;
  };
  for (const { form } of readForms(page)) {
    const path = isLogout(form.action);
    if (path !== undefined) return { method: form.method, path };
  }
  for (const link of tagged(page, 'a')) {
    const path = isLogout(attribute(link, 'href'));
    if (path !== undefined) return { method: 'get', path };
  }
  return null;
};

/**
 * Reads the admin's index: models, the user's recent actions, the way out.
 *
 * @throws GatewayError `upstream` when the page is nested absurdly
 */
export const readIndexPage = (html: string, address: PageAddress): IndexPage => {
  const page = readPage(html);
  const recent = readRecentActions(page, address);
  return {
    frame: readFrame(page, readForms(page)),
    models: readModels(page, address),
    recentActions: recent ?? [],
    showsRecentActions: recent !== undefined,
    logout: readLogout(page, address),
  };
};

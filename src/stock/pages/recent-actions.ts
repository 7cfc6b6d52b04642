import { attribute, type HtmlElement, hasClass } from '../../html/element.ts';
import { firstWithin, type Page, within } from '../../html/page.ts';
import { visibleText } from '../../html/text.ts';
import type { RecentAction } from './types/others.ts';
import type { PageAddress } from './types/shared.ts';
import { pageLink } from './url.ts';

/** Classes of stock Django, and of grappelli. */
const actions = [
  ['added', 'addlink', 'grp-add-link'],
  ['changed', 'changelink', 'grp-change-link'],
  ['deleted', 'deletelink', 'grp-delete-link'],
] as const;

const actionOf = (item: HtmlElement): RecentAction['action'] =>
  actions.find(([, ...classes]) => classes.some((name) => hasClass(item, name)))?.[0] ?? null;

const isQuiet = (element: HtmlElement): boolean =>
  hasClass(element, 'quiet') || hasClass(element, 'grp-font-color-quiet');

const isUnseen = (element: HtmlElement): boolean => hasClass(element, 'visually-hidden');

/** An entry whose object is gone, or may not be opened, has its label as bare text. */
const bareLabel = (item: HtmlElement): string =>
  item.children
    .map((child) =>
      typeof child === 'string'
        ? child
        : isQuiet(child) || isUnseen(child)
          ? ' '
          : ` ${visibleText(child)}`,
    )
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const readItem = (page: Page, address: PageAddress, item: HtmlElement): RecentAction => {
  const anchor = firstWithin(page, item, (at) => at.tag === 'a');
  const model = firstWithin(page, item, isQuiet);
  const link = anchor && pageLink(address, attribute(anchor, 'href') ?? '', visibleText(anchor));
  const target = link?.target.kind === 'change' ? link.target : undefined;
  return {
    action: actionOf(item),
    label: link?.label || bareLabel(item),
    modelLabel: (model && visibleText(model)) || null,
    target:
      target === undefined
        ? null
        : { appLabel: target.appLabel, modelName: target.modelName, pk: target.pk },
  };
};

const isItem = (element: HtmlElement): boolean =>
  (element.tag === 'li' && actionOf(element) !== null) || hasClass(element, 'timeline-item');

/** The user's last ten actions; undefined where the index shows no such list (simpleui). */
export const readRecentActions = (page: Page, address: PageAddress): RecentAction[] | undefined => {
  const module =
    page.byId.get('recent-actions-module') ?? page.byId.get('grp-recent-actions-module');
  return module && within(page, module, isItem).map((item) => readItem(page, address, item));
};

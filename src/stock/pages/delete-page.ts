import {
  attribute,
  childElements,
  closest,
  type HtmlElement,
  hasClass,
} from '../../html/element.ts';
import { classed, named, type Page, tagged, within } from '../../html/page.ts';
import { readPage } from '../../html/read-page.ts';
import { collapse, visibleText } from '../../html/text.ts';
import { readForms } from '../forms/controls.ts';
import { parseShownNumber } from './changelist/totals.ts';
import { mainForm } from './form-page.ts';
import { contentOf, readFrame } from './frame.ts';
import type { DeletePage, DeletionNode } from './types/others.ts';
import type { PageAddress } from './types/shared.ts';
import { adminTarget, pageLink } from './url.ts';

const isList = (element: HtmlElement): boolean => element.tag === 'ul' || element.tag === 'ol';

const furniture = [
  'messagelist',
  'grp-messagelist',
  'errorlist',
  'breadcrumbs',
  'breadcrumb',
  'object-tools',
];

/** Lists of the content that stand in no other list and in no form or navigation. */
const topLists = (page: Page): HtmlElement[] => {
  const content = contentOf(page);
  if (content === undefined) return [];
  return within(page, content, isList).filter(
    (list) =>
      !furniture.some((name) => hasClass(list, name)) &&
      list.parent !== undefined &&
      closest(
        list.parent,
        (at) => at.tag === 'li' || at.tag === 'form' || at.tag === 'nav' || at.tag === 'header',
      ) === undefined,
  );
};

const itemsOf = (list: HtmlElement): HtmlElement[] =>
  childElements(list).filter(({ tag }) => tag === 'li');

/** Text of an item without the lists inside it. */
const itemText = (item: HtmlElement): string =>
  collapse(
    item.children
      .map((child) => (typeof child === 'string' ? child : isList(child) ? '' : visibleText(child)))
      .join(''),
  );

/** Django writes `<Model>: <object>`; the colon is not translated. */
const split = (text: string): { readonly modelLabel: string | null; readonly label: string } => {
  const at = text.indexOf(': ');
  return at === -1
    ? { modelLabel: null, label: text }
    : { modelLabel: text.slice(0, at), label: text.slice(at + 2) };
};

const readNode = (address: PageAddress, item: HtmlElement): DeletionNode => {
  const link = childElements(item).find(({ tag }) => tag === 'a');
  const target = link && pageLink(address, attribute(link, 'href') ?? '', '')?.target;
  const text = itemText(item);
  return {
    text,
    ...split(text),
    target:
      target?.kind === 'change'
        ? { appLabel: target.appLabel, modelName: target.modelName, pk: target.pk }
        : null,
    children: childElements(item)
      .filter(isList)
      .flatMap((list) => readNodes(address, list)),
  };
};

const readNodes = (address: PageAddress, list: HtmlElement): DeletionNode[] =>
  itemsOf(list).map((item) => readNode(address, item));

type Counts = NonNullable<DeletePage['counts']>;

const countOf = (text: string): Counts[number][] => {
  const [, label, digits] = /^(.*\S)\s*:\s*(\d[\d.,'’\u00a0\u202f]*)$/s.exec(text) ?? [];
  const count = digits === undefined ? null : parseShownNumber(digits);
  return label === undefined || count === null ? [] : [{ label, count }];
};

const isSummary = (list: HtmlElement): boolean => {
  const items = itemsOf(list);
  return (
    items.length > 0 &&
    items.every(
      (item) =>
        item.children.every((child) => typeof child === 'string') &&
        countOf(visibleText(item)).length > 0,
    )
  );
};

/** jazzmin has a table, grappelli rows. */
const themedCounts = (page: Page): Counts => {
  const content = contentOf(page);
  if (content === undefined) return [];
  const rows = classed(page, 'grp-row').flatMap((row) => countOf(visibleText(row)));
  if (rows.length > 0) return rows;
  return within(page, content, (at) => at.tag === 'tr').flatMap((row): Counts => {
    const [label, count, more] = childElements(row);
    const number =
      count === undefined || more !== undefined ? null : parseShownNumber(visibleText(count));
    return label === undefined || number === null
      ? []
      : [{ label: visibleText(label), count: number }];
  });
};

const count = (nodes: readonly DeletionNode[], test: (node: DeletionNode) => boolean): number =>
  nodes.reduce((sum, node) => sum + (test(node) ? 1 : 0) + count(node.children, test), 0);

/** "…and 12 more objects." is an item without a model's name. */
const isRest = (node: DeletionNode): boolean => node.modelLabel === null && node.target === null;

const withoutRest = (nodes: readonly DeletionNode[]): DeletionNode[] =>
  nodes
    .filter((node) => !isRest(node))
    .map((node) => ({ ...node, children: withoutRest(node.children) }));

/** Whether the page says yes or no: Django shows `post=yes` only where it would delete. */
const offersDeletion = (page: Page): boolean =>
  named(page, 'post').some(
    (at) => at.tag === 'input' && closest(at, (up) => up.tag === 'form') !== undefined,
  );

/** Protected objects are written `<Model>: <object>`, models without permission by name alone. */
const readRefusal = (
  nodes: readonly DeletionNode[],
): Pick<DeletePage, 'protectedObjects' | 'missingPermissions'> => {
  const isOfObjects = nodes.some((node) => node.modelLabel !== null || node.target !== null);
  const texts = nodes.map((node) => node.text);
  return isOfObjects
    ? { protectedObjects: withoutRest(nodes).map((node) => node.text), missingPermissions: [] }
    : { protectedObjects: [], missingPermissions: texts };
};

/** The page links back to the object also where it refuses to delete it. */
const linkedLabel = (page: Page, address: PageAddress): string | null => {
  const here = adminTarget(address.adminPath, address.path);
  if (here.kind !== 'delete') return null;
  for (const link of tagged(page, 'a')) {
    const target = pageLink(address, attribute(link, 'href') ?? '', '')?.target;
    const isOwn =
      target?.kind === 'change' &&
      target.appLabel === here.appLabel &&
      target.modelName === here.modelName &&
      target.pk === here.pk;
    if (isOwn && visibleText(link) !== '') return visibleText(link);
  }
  return null;
};

/**
 * Reads the page that asks before deleting: `<pk>/delete/`, and the one of the action
 * `delete_selected`.
 *
 * @throws GatewayError `upstream` when the page is nested absurdly
 */
export const readDeletePage = (html: string, address: PageAddress): DeletePage => {
  const page = readPage(html);
  const forms = readForms(page);
  const canDelete = offersDeletion(page);
  const marked = page.byId.get('deleted-objects');
  const lists = topLists(page);
  const summary = canDelete ? lists.find((list) => list !== marked && isSummary(list)) : undefined;
  const trees = marked === undefined ? lists.filter((list) => list !== summary) : [marked];
  const nodes = trees.flatMap((list) => readNodes(address, list));
  const counts =
    summary === undefined
      ? themedCounts(page)
      : itemsOf(summary).flatMap((item) => countOf(visibleText(item)));
  return {
    frame: readFrame(page, forms),
    canDelete,
    linkedLabel: linkedLabel(page, address),
    counts: canDelete && counts.length > 0 ? counts : null,
    tree: canDelete ? withoutRest(nodes) : [],
    truncated: canDelete && count(nodes, isRest) > 0,
    ...(canDelete ? { protectedObjects: [], missingPermissions: [] } : readRefusal(nodes)),
    form: canDelete ? (mainForm(address, forms)?.form ?? null) : null,
  };
};

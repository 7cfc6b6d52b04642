import { childElements, closest, type HtmlElement, hasClass } from '../../html/element.ts';
import { classed, firstWithin, type Page, tagged, within } from '../../html/page.ts';
import { readPage } from '../../html/read-page.ts';
import { visibleText } from '../../html/text.ts';
import { readForms } from '../forms/controls.ts';
import { parseShownNumber, readPaging } from './changelist/totals.ts';
import { bodyModel, contentOf, readFrame } from './frame.ts';
import type { HistoryEntry, HistoryPage } from './types/others.ts';
import type { PageAddress } from './types/shared.ts';
import { adminTarget, queryOf } from './url.ts';

/** Django 3.2 gives the table itself the id, later versions what is around it; unfold neither. */
const historyTable = (page: Page): HtmlElement | undefined => {
  const marked = page.byId.get('change-history') ?? page.byId.get('grp-change-history');
  if (marked?.tag === 'table') return marked;
  const content = marked ?? contentOf(page);
  return content && firstWithin(page, content, (at) => at.tag === 'table');
};

const rowEntries = (page: Page, table: HtmlElement): HistoryEntry[] =>
  within(page, table, (at) => at.tag === 'tr' && at.parent?.tag !== 'thead').flatMap((row) => {
    const [time, user, comment, more] = childElements(row);
    if (time === undefined || user === undefined || comment === undefined || more !== undefined)
      return [];
    if (time.tag === 'th' && user.tag === 'th') return [];
    return [{ time: visibleText(time), user: visibleText(user), comment: visibleText(comment) }];
  });

const timelineItem = (page: Page, item: HtmlElement) => {
  const header = firstWithin(page, item, (at) => hasClass(at, 'timeline-header'));
  const user = header && firstWithin(page, header, (at) => at.tag === 'a');
  return {
    user: user === undefined ? '' : visibleText(user),
    comment: header === undefined ? '' : visibleText(header, user),
  };
};

/**
 * jazzmin draws a timeline, newest first: a label with the time of each entry, and below it
 * an item for each of its changes, with the user.
 */
const timelineEntries = (page: Page): HistoryEntry[] => {
  const labels = classed(page, 'time-label');
  const items = classed(page, 'timeline-item');
  return labels
    .map((label, i): HistoryEntry => {
      const end = labels[i + 1]?.index ?? Number.POSITIVE_INFINITY;
      const own = items
        .filter((item) => item.index > label.index && item.index < end)
        .map((item) => timelineItem(page, item));
      return {
        time: visibleText(label),
        user: own[0]?.user ?? '',
        comment: own.map(({ comment }) => comment).join(' '),
      };
    })
    .reverse();
};

const totalOf = (page: Page): number | null => {
  const found = classed(page, 'paginator')
    .filter((at) => closest(at, (up) => up.tag === 'form') === undefined)
    .map((at) => at.children.filter((child) => typeof child === 'string').join(' '))
    .find((text) => /\d/.test(text));
  return found === undefined ? null : parseShownNumber(found);
};

/**
 * Reads an object's history. Up to Django 4.0 it has every entry; later 100 a page, oldest
 * first, and a page past the end shows the last one.
 *
 * @throws GatewayError `upstream` when the page is nested absurdly
 */
export const readHistoryPage = (html: string, address: PageAddress): HistoryPage => {
  const page = readPage(html);
  const table = historyTable(page);
  const rows = table === undefined ? [] : rowEntries(page, table);
  const target = adminTarget(address.adminPath, address.path);
  const { page: number, numPages } = readPaging(page, queryOf(address.path));
  const entries = rows.length > 0 ? rows : timelineEntries(page);
  return {
    frame: readFrame(page, readForms(page)),
    model:
      'modelName' in target
        ? { appLabel: target.appLabel, modelName: target.modelName }
        : bodyModel(page),
    entries,
    page: number,
    numPages,
    total:
      totalOf(page) ?? (numPages === 1 && tagged(page, 'table').length > 0 ? entries.length : null),
  };
};

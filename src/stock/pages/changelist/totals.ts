import { attribute, type HtmlElement, hasClass } from '../../../html/element.ts';
import { classed, firstWithin, type Page, tagged } from '../../../html/page.ts';
import { ownText, visibleText } from '../../../html/text.ts';
import { queryOf } from '../url.ts';

/** A number as a page shows it; Django groups digits by the language, with no plain space. */
const shownNumber = /\d{1,3}(?:[.,'’\u00a0\u202f]\d{2,3})+(?!\d)|\d+/;

export const parseShownNumber = (text: string): number | null => {
  const [found] = shownNumber.exec(text) ?? [];
  return found === undefined ? null : Number(found.replace(/\D/g, ''));
};

const firstText = (page: Page, className: string, read: (at: HtmlElement) => string): string =>
  classed(page, className)
    .map(read)
    .find((text) => /\d/.test(text)) ?? '';

const rawOwnText = (element: HtmlElement): string =>
  element.children.filter((child) => typeof child === 'string').join(' ');

/**
 * Objects that match. Stock Django writes the number beside the pages ("12 products");
 * grappelli and jazzmin elsewhere; every theme with actions has "All 12 selected".
 */
export const readTotal = (page: Page): number | null => {
  const [vue] = tagged(page, 'el-pagination');
  const candidates = [
    firstText(page, 'paginator', rawOwnText),
    firstText(page, 'grp-results', visibleText),
    firstText(page, 'dataTables_info', rawOwnText),
    (vue && attribute(vue, ':total')) ?? '',
    firstText(page, 'all', (at) => (at.tag === 'span' ? visibleText(at) : '')),
  ];
  for (const text of candidates) {
    const total = parseShownNumber(text);
    if (total !== null) return total;
  }
  return null;
};

/** "3 results (12 total)", while searching or filtering. */
export const readFullCount = (page: Page): number | null => {
  const quiet = classed(page, 'quiet').find((at) => hasClass(at, 'small'));
  const link = quiet && firstWithin(page, quiet, (at) => at.tag === 'a');
  return link === undefined ? null : parseShownNumber(ownText(link));
};

const pageNumber = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;

export interface Paging {
  readonly page: number;
  readonly numPages: number;
  readonly showAllQuery: string | null;
  readonly showsAll: boolean;
}

/** The last page is always among the links; `p=abc` shows the first one. */
export const readPaging = (page: Page, current: URLSearchParams): Paging => {
  const number = pageNumber(current.get('p')) ?? 1;
  let numPages = number;
  let showAllQuery: string | null = null;
  for (const link of tagged(page, 'a')) {
    const href = attribute(link, 'href') ?? '';
    if (!href.startsWith('?')) continue;
    if (!/[?&](?:p|all)=/.test(href)) continue;
    const query = queryOf(href);
    numPages = Math.max(numPages, pageNumber(query.get('p')) ?? 1);
    if (query.has('all')) showAllQuery = query.toString();
  }
  const [vue] = tagged(page, 'el-pagination');
  const size = vue && pageNumber(attribute(vue, ':page-size') ?? null);
  const total = vue && pageNumber(attribute(vue, ':total') ?? null);
  if (size != null && total != null) numPages = Math.max(numPages, Math.ceil(total / size));
  return { page: number, numPages, showAllQuery, showsAll: current.has('all') };
};

/** `list_per_page`: rows of a full page; of the last page, what is left over all others. */
export const inferPageSize = (
  paging: Paging,
  rows: number,
  total: number | null,
): number | null => {
  const { page, numPages } = paging;
  if (numPages <= 1 || paging.showsAll) return null;
  if (page < numPages) return rows;
  const size = total === null ? Number.NaN : (total - rows) / (numPages - 1);
  return Number.isInteger(size) && size > 0 ? size : null;
};

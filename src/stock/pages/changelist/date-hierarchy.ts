import { attribute, type HtmlElement, hasClass } from '../../../html/element.ts';
import { classed, type Page, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { DateHierarchy } from '../types/changelist.ts';
import type { PageAddress } from '../types/shared.ts';
import { pageLink, queryOf } from '../url.ts';

const container = (page: Page): HtmlElement | undefined =>
  classed(page, 'toplinks')[0] ??
  page.byId.get('date-hierarchy') ??
  classed(page, 'grp-date-hierarchy')[0];

const isBack = (link: HtmlElement): boolean =>
  hasClass(link, 'date-back') ||
  hasClass(link, 'grp-date-hierarchy-back') ||
  /^(?:[‹«]|arrow_back\b)/.test(visibleText(link));

const part = (query: URLSearchParams, name: string): number | null => {
  const text = query.get(name);
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : null;
};

/** The drill-down by date above the list; it shows no counts. */
export const readDateHierarchy = (page: Page, address: PageAddress): DateHierarchy | null => {
  const element = container(page);
  if (element === undefined) return null;
  const links = within(
    page,
    element,
    (at) => at.tag === 'a' && (attribute(at, 'href') ?? '').includes('?'),
  );
  const queries = links.map((link) => queryOf(attribute(link, 'href') ?? ''));
  const field = [...queries, queryOf(address.path)]
    .flatMap((query) => [...query.keys()])
    .find((name) => name.endsWith('__year'))
    ?.slice(0, -'__year'.length);
  const back = links.find(isBack);
  return {
    field: field ?? null,
    back:
      back === undefined
        ? null
        : pageLink(address, attribute(back, 'href') ?? '', visibleText(back)),
    choices: links.flatMap((link, i) => {
      const query = queries[i];
      if (isBack(link) || query === undefined) return [];
      return [
        {
          label: visibleText(link),
          query: query.toString(),
          year: part(query, `${field}__year`),
          month: part(query, `${field}__month`),
          day: part(query, `${field}__day`),
        },
      ];
    }),
  };
};

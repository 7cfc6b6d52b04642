import { attribute, childElements, type HtmlElement, hasClass } from '../../../html/element.ts';
import { firstWithin, type Page, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { Column } from '../types/changelist.ts';
import { queryOf } from '../url.ts';

/** A column of the table; `position` counts the column of checkboxes as well. */
export interface PlacedColumn {
  readonly position: number;
  readonly column: Omit<Column, 'editable'>;
}

const isCheckboxColumn = (page: Page, head: HtmlElement): boolean =>
  hasClass(head, 'action-checkbox-column') ||
  firstWithin(page, head, (at) => attribute(at, 'id') === 'action-toggle') !== undefined;

const nameIn = (classes: readonly string[], prefix: string): string | undefined =>
  classes.find((name) => name.startsWith(prefix))?.slice(prefix.length);

interface Sorting {
  readonly index: number;
  readonly descending: boolean;
}

/** `o=-2.3`: the second column descending, then the third. */
export const parseOrdering = (text: string | null): Sorting[] =>
  (text ?? '').split('.').flatMap((part) => {
    const [, sign, digits] = /^(-?)(\d+)$/.exec(part) ?? [];
    return digits === undefined ? [] : [{ index: Number(digits), descending: sign === '-' }];
  });

/**
 * What `o=` calls a column: Django counts as the header does, from 0, with the column of
 * checkboxes. A link of the header must name it; without one the column cannot be sorted by.
 */
const sortIndexOf = (page: Page, head: HtmlElement, position: number): number | null => {
  const orderings = within(page, head, (at) => at.tag === 'a').map((link) =>
    parseOrdering(queryOf(attribute(link, 'href') ?? '').get('o')),
  );
  if (orderings.some((parts) => parts.some(({ index }) => index === position))) return position;
  return orderings.find((parts) => parts.length > 0)?.[0]?.index ?? null;
};

const orderingIn = (page: Page, head: HtmlElement): Pick<Column, 'ordering' | 'sortPriority'> => {
  const isAscending = hasClass(head, 'ascending');
  if (!isAscending && !hasClass(head, 'descending')) return { ordering: null, sortPriority: null };
  const priority = firstWithin(page, head, (at) => hasClass(at, 'sortpriority'));
  const text = priority === undefined ? '' : visibleText(priority);
  return {
    ordering: isAscending ? 'asc' : 'desc',
    sortPriority: /^\d+$/.test(text) ? Number(text) : 1,
  };
};

const labelOf = (page: Page, head: HtmlElement): string => {
  const text = firstWithin(page, head, (at) => hasClass(at, 'text'));
  if (text !== undefined) return visibleText(text);
  const options = firstWithin(
    page,
    head,
    (at) => hasClass(at, 'sortoptions') || hasClass(at, 'grp-sortoptions'),
  );
  return visibleText(head, options);
};

/**
 * The columns of `#result_list`. Names come from the header's `column-<name>`, or (jazzmin)
 * from the cells below. `requested` is the `o` of the page's own query.
 */
export const readColumns = (
  page: Page,
  table: HtmlElement,
  firstRow: HtmlElement | undefined,
  requested: string | null,
): PlacedColumn[] => {
  const head = firstWithin(page, table, (at) => at.tag === 'thead');
  const cells = firstRow === undefined ? [] : childElements(firstRow);
  const sorting = parseOrdering(requested);
  const heads = head === undefined ? [] : within(page, head, (at) => at.tag === 'th');
  return heads.flatMap((each, position): PlacedColumn[] => {
    if (isCheckboxColumn(page, each)) return [];
    const name =
      nameIn(each.classes, 'column-') ?? nameIn(cells[position]?.classes ?? [], 'field-');
    if (name === undefined) return [];
    const sortIndex = sortIndexOf(page, each, position);
    const priority = sorting.findIndex(({ index }) => index === sortIndex);
    const ordering: Pick<Column, 'ordering' | 'sortPriority'> =
      priority === -1
        ? sorting.length > 0
          ? { ordering: null, sortPriority: null }
          : orderingIn(page, each)
        : { ordering: sorting[priority]?.descending ? 'desc' : 'asc', sortPriority: priority + 1 };
    const column = {
      name,
      label: labelOf(page, each),
      sortable: sortIndex !== null,
      sortIndex,
      ...ordering,
    };
    return [{ position, column }];
  });
};

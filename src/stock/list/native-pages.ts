import type { Desk } from '../desk/desk.ts';
import { type OpenList, openList } from '../desk/open-list.ts';
import { badRequest } from '../desk/refused.ts';
import type { Changelist, Row } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';

/** Most pages of the admin that make one page of ours. */
const maxNativePages = 40;

export interface Window {
  /** From 1. */
  readonly page: number;
  /** Undefined: the admin's own size. */
  readonly pageSize: number | undefined;
}

export interface Rows {
  readonly list: Changelist;
  readonly rows: readonly Row[];
  readonly total: number | null;
  readonly pageSize: number | null;
  readonly numPages: number | null;
}

type Read = (query: URLSearchParams) => Promise<OpenList | undefined>;

const withParameter = (query: URLSearchParams, name: string, value: string): URLSearchParams => {
  const copy = new URLSearchParams(query);
  copy.set(name, value);
  return copy;
};

const beyond = (page: number, numPages: number | null, total: number | null) =>
  badRequest(
    `There is no page ${page}${numPages === null ? '' : `; the last one is ${numPages}`}.`,
    {
      page,
      num_pages: numPages,
      total,
    },
  );

/** The first page of the admin again, to tell a page too far from a query refused. */
const firstOr = async (
  read: Read,
  query: URLSearchParams,
  rejected: () => Error,
): Promise<OpenList> => {
  const first = await read(query);
  if (first === undefined) throw rejected();
  return first;
};

const nativePage = async (
  read: Read,
  query: URLSearchParams,
  page: number,
  rejected: () => Error,
): Promise<OpenList> => {
  if (page === 1) return firstOr(read, query, rejected);
  const found = await read(withParameter(query, 'p', String(page)));
  if (found !== undefined) return found;
  const first = await firstOr(read, query, rejected);
  throw beyond(page, first.page.numPages, first.page.total);
};

const sizeOf = (list: Changelist): number | null =>
  list.pageSize ?? (list.numPages === 1 ? null : list.rows.length || null);

/** Rows of the admin's pages from number `from` to `to`, the first of which is there already. */
const moreRows = async (
  read: Read,
  query: URLSearchParams,
  first: OpenList,
  from: number,
  to: number,
): Promise<readonly Row[]> => {
  const rows = [...first.page.rows];
  for (let page = from + 1; page <= to; page += 1) {
    const next = await read(withParameter(query, 'p', String(page)));
    // Rows were deleted meanwhile, and the page is gone.
    if (next === undefined) break;
    rows.push(...next.page.rows);
  }
  return rows;
};

/**
 * One page of any size. The admin's own size cannot be chosen, so its pages around the window
 * are read and cut.
 */
export const readWindow = async (
  desk: Desk,
  model: ModelRef,
  query: URLSearchParams,
  { page, pageSize }: Window,
  knownSize: number | null,
  rejected: () => Error,
): Promise<Rows> => {
  const read: Read = (each) => openList(desk, model, each.size === 0 ? undefined : each);
  if (pageSize === undefined) {
    const { page: list } = await nativePage(read, query, page, rejected);
    if (list.page !== page) throw beyond(page, list.numPages, list.total);
    return {
      list,
      rows: list.rows,
      total: list.total,
      pageSize: sizeOf(list),
      numPages: list.numPages,
    };
  }
  const start = (page - 1) * pageSize;
  const guess = knownSize === null ? 1 : Math.floor(start / knownSize) + 1;
  let first = await nativePage(read, query, guess, rejected);
  const { total, numPages } = first.page;
  const size = sizeOf(first.page) ?? Math.max(first.page.rows.length, 1);
  const pages = total === null ? null : Math.max(1, Math.ceil(total / pageSize));
  if (page > 1 && total !== null && start >= total) throw beyond(page, pages, total);
  const from = Math.floor(start / size) + 1;
  const to = Math.min(Math.floor((start + pageSize - 1) / size) + 1, numPages);
  if (to - from + 1 > maxNativePages)
    throw badRequest(
      `This admin shows ${size} rows a page; ask for at most ${size * maxNativePages}.`,
    );
  if (from !== first.page.page) first = await nativePage(read, query, from, rejected);
  const all = first.page.showAllQuery;
  // Everything in one reading costs less than page after page, and nothing moves in between.
  const whole = to - from >= 2 && all !== null ? await read(new URLSearchParams(all)) : undefined;
  const rows =
    whole !== undefined
      ? whole.page.rows.slice(start, start + pageSize)
      : (await moreRows(read, query, first, from, to)).slice(
          start - (from - 1) * size,
          start - (from - 1) * size + pageSize,
        );
  return { list: first.page, rows, total, pageSize, numPages: pages };
};

import type { Changelist, Row } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import type { Desk } from './desk.ts';
import { keyGroups, lookupOf } from './key-lookups.ts';
import { type OpenList, openList } from './open-list.ts';
import { badRequest } from './refused.ts';

/** Rows of a list that have one of the keys, and how the list looks. */
export interface RowsByKey {
  readonly list: Changelist;
  readonly path: string;
  readonly rows: ReadonlyMap<string, Row>;
  readonly missing: readonly string[];
}

/**
 * The query of a list of just these rows, which are one group. `all` shows up to
 * list_max_show_all rows on one page; where there are more it is ignored.
 */
export const queryFor = (keys: readonly string[]): URLSearchParams =>
  new URLSearchParams([[...lookupOf(keys)], ['all', '']]);

const collect = (rows: Map<string, Row>, page: Changelist): void => {
  for (const row of page.rows) if (row.pk !== null) rows.set(row.pk, row);
};

/**
 * The rows with these keys, wherever they are in the list: `?pk__in=` works on every
 * changelist. One request for up to list_max_show_all of them.
 */
export const rowsByKey = async (
  desk: Desk,
  model: ModelRef,
  keys: readonly string[],
): Promise<RowsByKey> => {
  const unique = [...new Set(keys)];
  const rows = new Map<string, Row>();
  let first: OpenList | undefined;
  for (const group of keyGroups(unique)) {
    const query = queryFor(group);
    const open = await openList(desk, model, query);
    if (open === undefined)
      throw badRequest(
        'The admin refused these keys; they are not of the kind that this model has.',
        {
          pks: group.slice(0, 20),
        },
      );
    first ??= open;
    collect(rows, open.page);
    query.delete('all');
    for (let page = 2; page <= open.page.numPages; page += 1) {
      query.set('p', String(page));
      const next = await openList(desk, model, query);
      if (next === undefined) break;
      collect(rows, next.page);
    }
  }
  if (first === undefined) throw badRequest('No keys were given.');
  return {
    list: first.page,
    path: first.path,
    rows,
    missing: unique.filter((key) => !rows.has(key)),
  };
};

import { readChangelist } from '../pages/changelist.ts';
import type { Changelist } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { queryText } from './addresses.ts';
import type { Desk } from './desk.ts';
import { type ListShape, rememberList } from './list-shape.ts';
import { adminHtmlOf, visit } from './visit.ts';

/** A changelist page and where it was read. */
export interface OpenList {
  readonly model: ModelRef;
  readonly page: Changelist;
  readonly shape: ListShape;
  readonly path: string;
}

/**
 * Reads a changelist. Undefined where Django refused the query: it would show all rows instead
 * (`?e=1`), or answers 400 for a look-up that it does not allow.
 */
export const openList = async (
  desk: Desk,
  model: ModelRef,
  query?: URLSearchParams,
): Promise<OpenList | undefined> => {
  const path = `${desk.at.changelist(model)}${queryText(query)}`;
  const seen = await visit(desk, path);
  const { kind } = seen.outcome;
  if (kind === 'query_rejected' || (kind === 'bad_request' && query !== undefined))
    return undefined;
  const page = readChangelist(adminHtmlOf(seen), seen.address);
  return { model, page, shape: rememberList(desk, model, page), path };
};

/** What the changelist of a model offers; one request where it is not remembered. */
export const listShape = async (desk: Desk, model: ModelRef): Promise<ListShape> => {
  const known = desk.memory.lists.get(desk.shapeKey(model));
  if (known !== undefined) return known;
  const open = await openList(desk, model);
  return open?.shape ?? emptyList;
};

const emptyList: ListShape = {
  columns: [],
  filters: [],
  hasSearch: false,
  dateField: null,
  pageSize: null,
  actions: [],
};

import type { Changelist, Filter } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import type { Desk } from './desk.ts';

export interface ColumnShape {
  readonly name: string;
  readonly sortIndex: number | null;
  readonly editable: boolean;
}

/** A filter without the labels of its choices, which may be names of objects. */
export interface FilterShape {
  readonly name: string;
  readonly parameters: readonly string[];
  /** What each choice sets; needed to say a filter in the admin's own words. */
  readonly choices: Filter['choices'];
}

/** What the changelist of a model offers this user. */
export interface ListShape {
  readonly columns: readonly ColumnShape[];
  readonly filters: readonly FilterShape[];
  readonly hasSearch: boolean;
  readonly dateField: string | null;
  /** `list_per_page`, where a page with more than one page told it. */
  readonly pageSize: number | null;
  readonly actions: readonly string[];
}

/** Remembers what a changelist page offers; a page without rows may leave things out. */
export const rememberList = (desk: Desk, model: ModelRef, page: Changelist): ListShape => {
  const key = desk.shapeKey(model);
  const known = desk.memory.lists.get(key);
  const shape: ListShape = {
    columns: page.columns.length === 0 && known !== undefined ? known.columns : page.columns,
    filters: page.filters,
    hasSearch: page.search !== null,
    dateField: page.dateHierarchy?.field ?? known?.dateField ?? null,
    pageSize: page.showsAll
      ? (known?.pageSize ?? null)
      : (page.pageSize ?? known?.pageSize ?? null),
    actions: page.actions.map(({ name }) => name),
  };
  desk.memory.lists.set(key, shape);
  return shape;
};

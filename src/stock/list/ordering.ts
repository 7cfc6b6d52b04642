import { didYouMean } from '../../operations/nearest.ts';
import type { ListShape } from '../desk/list-shape.ts';
import { badRequest } from '../desk/refused.ts';

/** `-price,name` as the changelist says it: `-3.1`, by the numbers of its headers. */
export const orderingQuery = (ordering: string, { columns }: ListShape): string =>
  ordering
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '-')
    .map((part) => {
      const isDescending = part.startsWith('-');
      const name = isDescending ? part.slice(1) : part;
      const column = columns.find((each) => each.name === name);
      const sortable = columns
        .filter(({ sortIndex }) => sortIndex !== null)
        .map((each) => each.name);
      // Django ignores an order that it does not know, without a word.
      if (column === undefined)
        throw badRequest(`There is no column "${name}". ${didYouMean(name, sortable)}`, {
          column: name,
          sortable,
        });
      if (column.sortIndex === null)
        throw badRequest(`This admin does not sort by "${name}".`, { column: name, sortable });
      return `${isDescending ? '-' : ''}${column.sortIndex}`;
    })
    .join('.');

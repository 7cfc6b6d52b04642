import * as z from 'zod';
import {
  type FilterValue,
  fields,
  filters,
  filterValue,
  modelRef,
  page,
  pageSize,
  search,
  view,
} from './arguments.ts';
import { defineOperation } from './define.ts';

const named = {
  ...modelRef,
  page: page.optional(),
  page_size: pageSize.optional(),
  search,
  ordering: z
    .string()
    .max(500)
    .optional()
    .describe('Column names, comma-separated; "-" first for descending.'),
  filters,
  facets: z
    .literal(true)
    .optional()
    .describe('Count the choices of the filters, which may be slow.'),
  fields: fields.describe('Only these columns.'),
  view,
};

/** Keys that are not this tool's own are filters, as in the seed; they join `filters`. */
const input = z
  .object(named)
  .catchall(filterValue)
  .transform((given) => {
    const all: Record<string, FilterValue> = { ...given.filters };
    for (const [name, value] of Object.entries(given))
      if (!(name in named)) all[name] = value as FilterValue;
    return {
      app_label: given.app_label,
      model_name: given.model_name,
      page: given.page,
      page_size: given.page_size,
      search: given.search,
      facets: given.facets ?? false,
      ordering: given.ordering,
      filters: all,
      ...(given.fields === undefined ? {} : { fields: given.fields }),
      ...(given.view === undefined ? {} : { view: given.view }),
    };
  });

export const list = defineOperation({
  name: 'list',
  title: 'List objects',
  description:
    'One page of a model\'s changelist: columns, rows in their order, total, and the filters, actions and search that this admin offers. Any other argument is a filter (list_filter name and value). What was applied is echoed in "applied"; an unknown filter or column is an error, never ignored.',
  effect: 'read',
  idempotent: true,
  input,
  rest: [
    {
      method: 'GET',
      path: '/:app_label/:model_name/',
      query: { page: 'page', page_size: 'page_size', search: 'q', ordering: 'ordering' },
      spread: 'filters',
    },
  ],
});

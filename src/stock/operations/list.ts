import type { Input } from '../../operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { actionJson, customViewJson } from '../contract/action.ts';
import { keysJson } from '../contract/key.ts';
import { modelJson, modelOf } from '../contract/model.ts';
import { createNotes, notInHtml } from '../contract/notes.ts';
import { zoneJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { formatsFor, textReader } from '../desk/formats.ts';
import type { ListShape } from '../desk/list-shape.ts';
import { listShape } from '../desk/open-list.ts';
import { badRequest } from '../desk/refused.ts';
import { shapeFor } from '../desk/types-of.ts';
import { type CellContext, cellJson, emptySign, keysByLabel, rawJson } from '../list/cells.ts';
import { columnJson, dateHierarchyJson, filtersJson, linkColumns } from '../list/describe.ts';
import { filterQuery, unknownFilter } from '../list/filters.ts';
import { readWindow } from '../list/native-pages.ts';
import { orderingQuery } from '../list/ordering.ts';
import { rowVersion } from '../list/row-version.ts';
import { permissionsOf, verboseName } from '../list/title.ts';
import type { Row } from '../pages/types/changelist.ts';

type ListInput = Input<'list'>;

/** The query in the admin's words. Names can only be told apart with the list's shape at hand. */
const queryOf = (input: ListInput, shape: ListShape | undefined): URLSearchParams => {
  const query = new URLSearchParams();
  if (shape !== undefined) {
    for (const [name, value] of filterQuery(input.filters, shape)) query.append(name, value);
    const ordering = orderingQuery(input.ordering ?? '', shape);
    if (ordering !== '') query.set('o', ordering);
  }
  if (input.search) query.set('q', input.search);
  if (input.facets) query.set('_facets', 'True');
  return query;
};

const rowJson = (
  row: Row,
  key: (pk: string | null) => JsonValue,
  context: CellContext,
): JsonObject => {
  const { cells } = row;
  const editable = cells.filter(({ controls }) => controls.length > 0);
  const own = cells.find(({ column }) => column === '__str__');
  return {
    pk: key(row.pk),
    label: own?.text ?? null,
    version: row.pk === null ? null : rowVersion(row),
    fields: Object.fromEntries(cells.map((cell) => [cell.column, cellJson(cell, context)])),
    ...(editable.length === 0
      ? {}
      : { raw: Object.fromEntries(editable.map((cell) => [cell.column, rawJson(cell)])) }),
  };
};

const activeDate = (query: URLSearchParams, field: string | null) => {
  const part = (name: string): number | null => {
    const text = query.get(`${field}__${name}`);
    return text === null ? null : Number(text);
  };
  return { year: part('year'), month: part('month'), day: part('day') };
};

const noFacets = (): Error =>
  badRequest('This admin does not count the choices of its filters; Django does from 5.0 on.');

/**
 * One request where shape, types and formats are remembered; one more for each that is not.
 * Rows come from as many of the admin's own pages as it takes.
 */
export const list = async (input: ListInput, desk: Desk): Promise<Answer> => {
  const model = modelOf(input);
  const names = Object.keys(input.filters);
  const needsShape = names.length > 0 || Boolean(input.ordering);
  const known = needsShape
    ? await listShape(desk, model)
    : desk.memory.lists.get(desk.shapeKey(model));
  const query = queryOf(input, needsShape ? known : undefined);
  const rejected = (): Error => {
    const stranger = names.find((name) => !known?.filters.some((each) => each.name === name));
    if (input.facets && stranger === undefined) return noFacets();
    return names.length > 0 && known !== undefined
      ? unknownFilter(stranger ?? names.join(', '), known)
      : badRequest('The admin refused the query.');
  };
  const window = { page: input.page ?? 1, pageSize: input.page_size };
  const found = await readWindow(desk, model, query, window, known?.pageSize ?? null, rejected);
  const { list: page, rows, pageSize, numPages } = found;
  // A first page without rows is an empty list, whatever a theme says of its total.
  const isEmpty = rows.length === 0 && window.page === 1 && (page.form ?? page.search) !== null;
  const total = found.total ?? (isEmpty ? 0 : null);
  // Without a search box Django takes no notice of a search.
  if (input.search && page.search === null)
    throw badRequest('This admin has no search; use filters.', {
      known_filters: page.filters.map(({ name }) => name),
    });
  // `ModelAdmin.show_facets = NEVER` takes the parameter and counts nothing.
  if (
    input.facets &&
    !page.filters.some(({ choices }) => choices.some(({ count }) => count !== null))
  )
    throw noFacets();
  const [formats, shape] = await Promise.all([
    formatsFor(desk, page.frame.language),
    shapeFor(desk, model, page),
  ]);
  const read = textReader(formats);
  const sign = emptySign(rows, shape, read);
  const context = { shape, keys: keysByLabel(page.filters), read, emptySign: sign };
  const { columns } = page;
  const key = keysJson(rows.map(({ pk }) => pk));
  const isNarrowed = [...query.keys()].some((name) => name !== 'o' && name !== '_facets');
  const notes = createNotes();
  for (const name of ['object_name', 'list_max_show_all', 'date_hierarchy.buckets.count'])
    notes.add(name, notInHtml);
  if (page.search !== null) notes.add('search_fields', 'a search, in fields not shown');
  if (sign === null)
    notes.add('empty_value_display', 'not proved by this page; "-" is the default');
  if (pageSize === null) notes.add('page_size', 'everything is on one page');
  if (rows.some(({ pk }) => pk === null)) notes.add('results.pk', 'this list shows no keys');
  if (!columns.some(({ name }) => name === '__str__'))
    notes.add('results.label', 'not a column of this list');
  if ([...shape.fields.values()].some(({ type }) => type === 'foreignkey'))
    notes.add('results.fields', 'foreign keys have an id only where a filter tells it');
  const permissions = permissionsOf(page);
  for (const [name, value] of Object.entries(permissions))
    if (value === null) notes.add(`permissions.${name}`, notInHtml);
  return {
    status: 200,
    body: {
      ...modelJson(model),
      object_name: null,
      ...verboseName(page),
      pk_field: page.formset?.pkName ?? null,
      permissions,
      columns: columns.map(columnJson(shape)),
      list_display_links: linkColumns(page),
      search_fields: page.search === null ? [] : null,
      search_help_text: page.search?.helpText ?? '',
      filters: filtersJson(page, shape),
      actions: page.actions.map(actionJson('batch')),
      custom_views: page.customLinks.map(customViewJson),
      page: window.page,
      page_size: pageSize,
      num_pages: numPages,
      total,
      full_count: page.fullCount ?? (isNarrowed ? null : total),
      list_max_show_all: null,
      empty_value_display: sign,
      results: rows.map((row) => rowJson(row, key, context)),
      ...dateHierarchyJson(
        page.dateHierarchy,
        activeDate(query, page.dateHierarchy?.field ?? null),
      ),
      applied: {
        search: input.search || null,
        ordering: input.ordering || null,
        filters: { ...input.filters },
        page: window.page,
        page_size: pageSize,
      },
      ...zoneJson(page.frame),
      ...notes.json(),
    },
  };
};

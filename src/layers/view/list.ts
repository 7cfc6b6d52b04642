import { type JsonObject, type JsonValue, objectsIn } from '../../operations/json.ts';
import { actions } from './actions.ts';
import { abilities, columnsOf, ownColumns } from './columns.ts';
import { choices, moreChoices } from './field.ts';
import { always, each, inside, lean, nameOr, never, type Rule, type Rules } from './lean.ts';
import { notes } from './notes.ts';
import { permissionsText } from './permissions.ts';
import { modelText } from './refs.ts';
import { unlessRepeated } from './words.ts';

/** A parameter that the name of the filter stands for. */
const isImplied = (parameter: JsonValue, name: JsonValue | undefined): boolean =>
  typeof parameter === 'string' &&
  [name, `${name}__exact`, `${name}__id__exact`, `${name}__isnull`].includes(parameter);

const filterRules: Rules = {
  name: always,
  label: unlessRepeated,
  type: (type, { choices: given }) => (Array.isArray(given) ? undefined : type),
  choices,
  lookups: choices,
  parameters: (parameters, { name }) => {
    if (!Array.isArray(parameters)) return undefined;
    const more = parameters.filter((parameter) => !isImplied(parameter, name));
    return more.length === 0 ? undefined : more;
  },
  to: modelText,
};

const filters: Rule = each((filter) =>
  nameOr({ ...lean(filter, filterRules), ...moreChoices(filter) }),
);

const rules: Rules = {
  app_label: never,
  model_name: never,
  object_name: never,
  verbose_name: never,
  verbose_name_plural: never,
  pk_field: (name) => (name === 'id' || name === null ? undefined : name),
  permissions: permissionsText,
  columns: never,
  list_display_links: never,
  // Null is a search in fields that are not told; no search is an empty list.
  search_fields: (names) => (Array.isArray(names) && names.length === 0 ? undefined : names),
  filters,
  actions,
  full_count: (count, { total }) => (count === total ? undefined : count),
  list_max_show_all: never,
  empty_value_display: never,
  results: never,
  date_hierarchy: inside({ granularity_options: never, active: inside({}), buckets: never }),
  applied: inside({ page: never, page_size: never }),
  time_zone: inside({}),
  notes,
};

/** What a list tells beside its rows to somebody who named the columns wanted. */
const besideRows: ReadonlySet<string> = new Set([
  'page',
  'page_size',
  'num_pages',
  'total',
  'applied',
  'time_zone',
  'notes',
]);

/**
 * A list as a table: `columns` name the places of each row in `results`. Nothing that a cell
 * holds is left out.
 *
 * @param isNarrowed the caller named the columns, and so knows what else the list offers
 */
export const leanList = (body: JsonObject, isNarrowed: boolean): JsonObject => {
  const rows = objectsIn(body['results']);
  const columns = objectsIn(body['columns']);
  const shown = columnsOf(columns, rows);
  const all = [...ownColumns(rows, shown), ...shown];
  const beside = Object.entries(lean(body, rules)).filter(
    ([name]) => !isNarrowed || besideRows.has(name),
  );
  return {
    ...Object.fromEntries(beside),
    ...(isNarrowed ? {} : abilities(columns)),
    columns: all.map(({ name, head }) => nameOr({ ...head, name })),
    results: rows.map((_, index) => all.map(({ cells }) => cells[index] ?? null)),
  };
};

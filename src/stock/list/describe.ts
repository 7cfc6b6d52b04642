import type { JsonObject } from '../../operations/json.ts';
import { keyJson } from '../contract/key.ts';
import { modelJson } from '../contract/model.ts';
import type { ModelShape } from '../desk/model-shape.ts';
import type { Changelist, Column, DateHierarchy, Filter } from '../pages/types/changelist.ts';

export const columnJson =
  ({ fields }: ModelShape) =>
  ({ name, label, sortable, editable }: Column): JsonObject => {
    const type = fields.get(name)?.type;
    return { name, label, sortable, editable, ...(type === undefined ? {} : { type }) };
  };

const filterType = (filter: Filter, { fields }: ModelShape): string => {
  const [first = ''] = filter.parameters;
  const field = fields.get(filter.name);
  const values = new Set(filter.choices.map(({ parameters }) => parameters[first] ?? ''));
  // `category__id__exact` compares a key of the target; `supplier__country__exact` a value behind it.
  const isKey =
    first.startsWith(`${filter.name}__`) &&
    /^\w+__exact$/.test(first.slice(filter.name.length + 2));
  if (field?.relation != null || isKey) return 'foreignkey';
  if (/__(gte|lt)$/.test(first)) return 'date';
  if (first.endsWith('__isempty')) return 'empty';
  const isYesNo = [...values].every((value) => value === '' || value === '0' || value === '1');
  if (first.endsWith('__exact') && (field?.type === 'boolean' || isYesNo)) return 'boolean';
  return first.endsWith('__exact') || field?.type === 'choice' ? 'choice' : 'custom';
};

/** A filter with its choices; the one that clears it is left out. */
export const filterJson =
  (shape: ModelShape) =>
  (filter: Filter): JsonObject => {
    const type = filterType(filter, shape);
    const [first = ''] = filter.parameters;
    const relation = shape.fields.get(filter.name)?.relation ?? null;
    const choices = filter.choices
      .filter(({ parameters }) => Object.keys(parameters).length > 0)
      .map(({ label, parameters, selected, count }): JsonObject => {
        const value = parameters[first];
        const isAlone = value !== undefined && Object.keys(parameters).length === 1;
        return {
          value: !isAlone ? label : type === 'foreignkey' ? keyJson(value) : value,
          label,
          ...(selected ? { selected } : {}),
          ...(count === null ? {} : { count }),
        };
      });
    const chosen = choices.find(({ selected }) => selected === true);
    return {
      name: filter.name,
      label: filter.title ?? filter.name,
      type,
      parameters: [...filter.parameters],
      ...(type === 'custom'
        ? { selected: chosen?.['value'] ?? null, lookups: choices }
        : { choices }),
      ...(relation === null ? {} : { to: modelJson(relation) }),
    };
  };

export const filtersJson = (page: Changelist, shape: ModelShape): JsonObject[] =>
  page.filters.map(filterJson(shape));

/** Columns whose cells link to the row's own page. */
export const linkColumns = ({ columns, rows, model }: Changelist): string[] =>
  columns
    .filter(({ name }) =>
      rows.some(({ pk, cells }) =>
        cells.some(
          ({ column, link }) =>
            column === name &&
            link?.target.kind === 'change' &&
            link.target.pk === pk &&
            link.target.modelName === model?.modelName,
        ),
      ),
    )
    .map(({ name }) => name);

const granularity = ({ choices }: DateHierarchy): 'year' | 'month' | 'day' => {
  const [first] = choices;
  return first?.day != null ? 'day' : first?.month != null ? 'month' : 'year';
};

/** The date hierarchy with the buckets that the page links to; it counts none of them. */
export const dateHierarchyJson = (
  hierarchy: DateHierarchy | null,
  active: Readonly<Record<'year' | 'month' | 'day', number | null>>,
): JsonObject => {
  if (hierarchy === null) return {};
  const part = granularity(hierarchy);
  return {
    date_hierarchy: {
      field: hierarchy.field,
      granularity_options: ['year', 'month', 'day'],
      active: { ...active },
      buckets: hierarchy.choices.flatMap((choice) => {
        const value = choice[part];
        return value === null ? [] : { value, count: null, label: choice.label };
      }),
    },
  };
};

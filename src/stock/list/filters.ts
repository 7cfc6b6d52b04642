import type { FilterValue } from '../../operations/arguments.ts';
import { didYouMean } from '../../operations/nearest.ts';
import type { FilterShape, ListShape } from '../desk/list-shape.ts';
import { badRequest } from '../desk/refused.ts';

/** Parameters of the changelist that are no filters. */
const reserved = new Set([
  'p',
  'o',
  'ot',
  'q',
  'all',
  'e',
  't',
  '_popup',
  '_to_field',
  '_facets',
  '_changelist_filters',
  '_source_model',
]);

const dateParts = ['year', 'month', 'day'] as const;

const spellings = (value: string | number | boolean): readonly string[] =>
  value === true
    ? ['1', 'True', 'true', 'yes', 'on']
    : value === false
      ? ['0', 'False', 'false', 'no', 'off']
      : [String(value)];

const valuesOf = (filter: FilterShape, parameter: string): string[] =>
  filter.choices.flatMap(({ parameters }) => parameters[parameter] ?? []);

/** The admin's spelling of a value: the choice's, else the first that Django understands. */
const spell = (
  filter: FilterShape,
  parameter: string,
  value: string | number | boolean,
): string => {
  const [usual = '', ...others] = spellings(value);
  const offered = valuesOf(filter, parameter);
  // Agents say true for a boolean filter as a JSON value, but "true" as text just as well.
  const said =
    value === 'true' || value === 'false' ? spellings(value === 'true') : [usual, ...others];
  return (
    said.find((text) => offered.includes(text)) ??
    (typeof value === 'boolean' ? usual : String(value))
  );
};

/** `status__exact` takes several values as `status__in`, on every Django. */
const several = (parameter: string): string | undefined =>
  parameter.endsWith('__exact') ? parameter.replace(/__exact$/, '__in') : undefined;

const listed = (name: string, values: readonly string[]): string => {
  const comma = values.find((value) => value.includes(','));
  if (comma !== undefined)
    throw badRequest(`Filter "${name}" cannot take several values when one of them holds a comma.`);
  return values.join(',');
};

/** A filter by its contract name, or by one of its own parameters. */
const ofFilter = (filter: FilterShape, name: string, value: FilterValue): [string, string][] => {
  const own = filter.parameters.includes(name) ? name : filter.parameters[0];
  const [first, ...rest] = Array.isArray(value) ? value : [value];
  if (own === undefined || first === undefined) return [];
  const labelled = filter.choices.find(
    ({ label }) => rest.length === 0 && label.toLowerCase() === String(first).toLowerCase(),
  );
  const isOffered = spellings(first).some((text) => valuesOf(filter, own).includes(text));
  if (name === filter.name && labelled !== undefined && !isOffered)
    return Object.entries(labelled.parameters);
  if (name === filter.name && /__(gte?|lte?|isnull)$/.test(own))
    // A range has no value of its own: the field itself is compared.
    return [[filter.name, String(first)]];
  if (rest.length === 0) return [[own, spell(filter, own, first)]];
  const parameter = several(own);
  if (parameter === undefined) throw badRequest(`Filter "${name}" takes one value.`);
  return [
    [
      parameter,
      listed(
        name,
        [first, ...rest].map((each) => spell(filter, own, each)),
      ),
    ],
  ];
};

const ofLookup = (name: string, value: FilterValue): [string, string][] => {
  if (!Array.isArray(value)) return [[name, spellings(value)[0] ?? '']];
  if (name.endsWith('__in')) return [[name, listed(name, value.map(String))]];
  return [[`${name}__in`, listed(name, value.map(String))]];
};

/** Names that a caller may have meant. */
export const knownFilters = (shape: ListShape): string[] => [
  ...shape.filters.flatMap(({ name, parameters }) => [name, ...parameters]),
  ...(shape.dateField === null ? [] : dateParts),
];

export const unknownFilter = (name: string, shape: ListShape) =>
  badRequest(
    `This admin has no filter "${name}", or refused its value. ${didYouMean(name, knownFilters(shape))}`,
    {
      filter: name,
      known_filters: [...new Set(knownFilters(shape))],
    },
  );

/**
 * Says filters in the words of the admin's own links. A name that no filter has is taken for
 * a look-up on a field of the model, which Django allows or rejects.
 */
export const filterQuery = (
  filters: Readonly<Record<string, FilterValue>>,
  shape: ListShape,
): [string, string][] =>
  Object.entries(filters).flatMap(([name, value]) => {
    const known = shape.filters.find(
      (filter) => filter.name === name || filter.parameters.includes(name),
    );
    if (known === undefined && reserved.has(name)) throw unknownFilter(name, shape);
    if (known !== undefined) return ofFilter(known, name, value);
    const part = dateParts.find((each) => each === name);
    if (part !== undefined && shape.dateField !== null)
      return ofLookup(`${shape.dateField}__${part}`, value);
    return ofLookup(name, value);
  });

import type { FilterValue } from '../operations/arguments.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import { didYouMean } from '../operations/nearest.ts';
import { objectsIn } from './body.ts';
import { isGroup } from './fields.ts';

/** What is wrong with one filter, and the words of the contract for it. */
interface FilterFault {
  readonly code: 'unknown_filter' | 'invalid_filter_value';
  readonly message: string;
}

/** Parameters that mean something else to the package, so a filter of that name is out of reach. */
const reserved = new Set(['page', 'page_size', 'ordering', 'q', 'all']);
const dateParts = ['year', 'month', 'day'] as const;

const valuesIn = (filter: JsonObject, key: 'choices' | 'lookups'): readonly string[] =>
  objectsIn(filter, key)
    .filter((choice) => !isGroup(choice))
    .map((choice) => String(choice['value']));

const hasGroups = (filter: JsonObject): boolean => objectsIn(filter, 'choices').some(isGroup);

const oneOf = (known: readonly string[]): string => `Known: ${known.slice(0, 30).join(', ')}.`;

const faultOfValue = (filter: JsonObject, value: string, total: number): string | undefined => {
  const name = String(filter['name']);
  switch (filter['type']) {
    case 'boolean':
      return /^(?:true|false|1|0|yes|no)$/i.test(value)
        ? undefined
        : `"${name}" takes true or false, not "${value}".`;
    case 'choice':
    case 'foreignkey': {
      const known = valuesIn(filter, 'choices');
      const odd = known.length > 0 && !hasGroups(filter) && !known.includes(value);
      // Rows may hold values that are offered no longer, so only an empty result is suspicious.
      return odd && total === 0 ? `"${name}" has no value "${value}". ${oneOf(known)}` : undefined;
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}(?:[T ].+)?$/.test(value)
        ? undefined
        : `"${name}" takes a date such as 2026-01-31, not "${value}".`;
    default: {
      const known = valuesIn(filter, 'lookups');
      // A SimpleListFilter that does not know a value usually filters nothing.
      return known.length > 0 && !known.includes(value)
        ? `"${name}" has no value "${value}". ${oneOf(known)}`
        : undefined;
    }
  }
};

/** The date hierarchy, as the package says it understood it. */
const hierarchyOf = (body: JsonObject): JsonObject | undefined => {
  const hierarchy = body['date_hierarchy'];
  return isJsonObject(hierarchy) && isJsonObject(hierarchy['active'])
    ? hierarchy['active']
    : undefined;
};

const faultOfDatePart = (name: string, value: string, body: JsonObject): FilterFault | undefined =>
  String(hierarchyOf(body)?.[name]) === String(Number(value))
    ? undefined
    : {
        code: 'invalid_filter_value',
        message: `"${name}" of the date hierarchy was not understood: give year, then month, then day, as numbers.`,
      };

/** `status` for `status__exact` and `category` for `category__id__exact`, where they are known. */
const baseOf = (name: string, known: readonly string[]): string | undefined =>
  known.filter((each) => name.startsWith(`${each}__`)).sort((a, b) => b.length - a.length)[0];

const unknown = (name: string, known: readonly string[]): FilterFault => {
  const base = baseOf(name, known);
  const advice =
    base === undefined
      ? didYouMean(name, known)
      : `This upstream knows "${base}" with one exact value only; --upstream stock knows the admin's lookups.`;
  return {
    code: 'unknown_filter',
    message: `The admin has no filter "${name}" here, so it was not applied. ${advice}`,
  };
};

/** Names that the list can be narrowed by. */
export const filterNames = (body: JsonObject): readonly string[] => [
  ...objectsIn(body, 'filters').map((filter) => String(filter['name'])),
  ...(hierarchyOf(body) === undefined ? [] : dateParts),
];

/**
 * What of the asked filters the package did not apply. It drops what it does not know, and
 * what it cannot read, without a word, and shows the whole table (`api/filters.py`).
 */
export const filterFault = (
  asked: Readonly<Record<string, FilterValue>>,
  body: JsonObject,
): (FilterFault & { readonly name: string }) | undefined => {
  const known = filterNames(body);
  const total = Number(body['total']);
  for (const [name, given] of Object.entries(asked)) {
    const filter = objectsIn(body, 'filters').find((each) => each['name'] === name);
    const isDatePart =
      filter === undefined &&
      dateParts.some((each) => each === name) &&
      hierarchyOf(body) !== undefined;
    if (reserved.has(name) || (filter === undefined && !isDatePart))
      return { name, ...unknown(name, known) };
    const values = Array.isArray(given) ? given : [given];
    const value = String(values[0]);
    const fault =
      values.length !== 1 || value === ''
        ? `"${name}" takes one value on this upstream, and not an empty one.`
        : filter === undefined
          ? undefined
          : faultOfValue(filter, value, total);
    if (fault !== undefined) return { name, code: 'invalid_filter_value', message: fault };
    if (filter === undefined) {
      const datePart = faultOfDatePart(name, value, body);
      if (datePart !== undefined) return { name, ...datePart };
    }
  }
  return undefined;
};

/** What a reader has to know about filters that were applied. */
export const filterNotes = (
  asked: Readonly<Record<string, FilterValue>>,
  body: JsonObject,
): readonly string[] =>
  objectsIn(body, 'filters')
    .filter((filter) => filter['type'] === 'date' && String(filter['name']) in asked)
    .map(
      (filter) =>
        `"${filter['name']}" was compared for equality; on a column with a time that means this very instant.`,
    );

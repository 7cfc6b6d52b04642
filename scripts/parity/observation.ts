import type { OperationName } from '../../src/operations/catalogue.ts';

/** One value of the REST API's answer, and what stands in its place on `stock`. */
export interface Pair {
  readonly operation: OperationName;
  readonly user: string;
  /** The path with indices and names of the site's own collapsed: `fields.*.widget.kind`. */
  readonly key: string;
  /** The field's or column's type by the REST API, where the key holds a field's value. */
  readonly type: string | null;
  /** The same by stock. */
  readonly stockType: string | null;
  readonly rest: unknown;
  /** Undefined where the key is missing. */
  readonly stock: unknown;
  /** Of a list: what the lists have in common stands in the same order; keys of its items. */
  readonly list?: { readonly missing: number; readonly extra: number; readonly isOrdered: boolean };
  /** The call in short, for a reproduction. */
  readonly call: string;
}

/**
 * `same`; `better`: the REST API is wrong here; `coarser`: less exact; `absent`: null or not
 * there; `wrong`: another value although the REST API is right.
 */
export type Verdict = 'same' | 'better' | 'coarser' | 'absent' | 'wrong';

export interface Observation {
  readonly pair: Pair;
  readonly verdict: Verdict;
  readonly note: string | null;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Equal as JSON, whatever the order of keys. */
export const isEqual = (one: unknown, other: unknown): boolean => {
  if (one === other || (one == null && other == null)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, i) => isEqual(each, other[i]));
  if (!isRecord(one) || !isRecord(other)) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) =>
    isEqual(one[key], other[key]),
  );
};

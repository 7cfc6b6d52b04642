import type { Lookup } from './ask-list.ts';

/** Longest query of keys in characters; servers end request lines between 4 and 8 KB. */
const maxQueryLength = 3_000;
/** Rows that a list shows on one page with `all`, unless its admin says otherwise (`list_max_show_all`). */
const maxShownAtOnce = 200;

/** Keys in groups that fit a query; one with a comma stands alone, as `__in` splits at commas. */
export const keyGroups = (keys: readonly string[]): string[][] => {
  const groups: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const size = encodeURIComponent(key).length + 3;
    if (key.includes(',')) {
      groups.unshift([key]);
      continue;
    }
    const isFull = groups.at(-1)?.length === maxShownAtOnce;
    if (isFull || length + size > maxQueryLength) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(key);
    length += size;
  }
  return groups;
};

/** The look-up that finds the objects with these keys, which are one such group. */
export const lookupOf = (keys: readonly string[]): Lookup => {
  const [only = ''] = keys;
  return only.includes(',') ? ['pk__exact', only] : ['pk__in', keys.join(',')];
};

import { askList } from '../desk/ask-list.ts';
import type { Desk } from '../desk/desk.ts';
import type { ModelRef } from '../pages/types/shared.ts';

interface Counts {
  /** Objects that have something in all the columns asked for. */
  readonly filled: number | null;
  readonly all: number | null;
}

const countFilled = async (
  desk: Desk,
  model: ModelRef,
  names: readonly string[],
): Promise<Counts> => {
  const lookups = names.map((name) => [`${name}__isnull`, 'False'] as const);
  const page = await askList(desk, model, lookups);
  return { filled: page?.total ?? null, all: page?.fullCount ?? null };
};

const holdsNull = async (desk: Desk, model: ModelRef, name: string): Promise<boolean> => {
  const page = await askList(desk, model, [[`${name}__isnull`, 'True']]);
  return page !== undefined && page.rows.length > 0;
};

/** Which of the columns hold NULL in any row: by halves, as mostly none does. */
const search = async (
  desk: Desk,
  model: ModelRef,
  names: readonly string[],
  all: number | null,
): Promise<readonly string[]> => {
  const [only] = names;
  if (only === undefined) return [];
  if (names.length === 1) return (await holdsNull(desk, model, only)) ? [only] : [];
  const { filled } = await countFilled(desk, model, names);
  if (filled !== null && filled === all) return [];
  const half = Math.ceil(names.length / 2);
  return [
    ...(await search(desk, model, names.slice(0, half), all)),
    ...(await search(desk, model, names.slice(half), all)),
  ];
};

/** Whether each column holds NULL: one request for one column, two for a model without any. */
const learn = async (
  desk: Desk,
  model: ModelRef,
  names: readonly string[],
  others: readonly string[],
): Promise<ReadonlyMap<string, boolean>> => {
  const found = (columns: readonly string[]) =>
    new Map(names.map((name) => [name, columns.includes(name)]));
  if (names.length === 1) return found(await search(desk, model, names, null));
  const both = [...new Set([...names, ...others])];
  const { filled, all } = await countFilled(desk, model, both);
  if (filled === null) return found(await search(desk, model, names, null));
  // Django shows both counts where they differ, and only beside a search box.
  const total = all ?? (await askList(desk, model, []))?.total ?? null;
  if (filled === total) return new Map(both.map((name) => [name, false]));
  return found(await search(desk, model, names, total));
};

/**
 * The columns among `names` in which some row that this user may see holds NULL. Whether a
 * column is nullable is a fact of the schema that no page shows; one that holds NULL surely
 * is, and one that never does is taken not to be. What is learnt is remembered; `others` are
 * columns that the same request can ask about.
 */
export const nullColumns = async (
  desk: Desk,
  model: ModelRef,
  names: readonly string[],
  others: readonly string[],
): Promise<readonly string[]> => {
  const key = desk.shapeKey(model);
  const known = desk.memory.nulls.get(key) ?? new Map<string, boolean>();
  const isNew = (name: string): boolean => !known.has(name);
  const unknown = names.filter(isNew);
  const columns =
    unknown.length === 0
      ? known
      : new Map([...known, ...(await learn(desk, model, unknown, others.filter(isNew)))]);
  if (unknown.length > 0) desk.memory.nulls.set(key, columns);
  return names.filter((name) => columns.get(name) === true);
};

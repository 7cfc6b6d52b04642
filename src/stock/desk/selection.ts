import type { Input } from '../../operations/catalogue.ts';
import { keyJson } from '../contract/key.ts';
import type { FormPair } from '../forms/types.ts';
import { filterQuery, unknownFilter } from '../list/filters.ts';
import type { Changelist, Row } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { queryText } from './addresses.ts';
import type { Desk } from './desk.ts';
import { listShape, openList } from './open-list.ts';
import { badRequest, notFound } from './refused.ts';
import { rowsByKey } from './rows-by-key.ts';

/** Room for keys in one form: Django takes 1000 controls and the form has some of its own. */
const maxKeysPosted = 950;

/** What an action is to run on. */
export interface Selection {
  readonly list: Changelist;
  /** Where the action is posted to; its query narrows what "all" means. */
  readonly path: string;
  readonly referer: string;
  /** Keys that are there, one by one; none where everything that matches is selected. */
  readonly pks: readonly string[];
  /** Keys of the call that no row of this user's list has. */
  readonly missing: readonly string[];
  /** The rows of these keys; with everything selected, those of the first page. */
  readonly rows: ReadonlyMap<string, Row>;
  /** What narrows the list where everything that matches is selected. */
  readonly across: URLSearchParams | null;
  /** How many objects the selection holds, as far as the admin tells. */
  readonly matched: number | null;
  /** The controls that say so to Django. */
  readonly pairs: readonly FormPair[];
}

type Across = NonNullable<Input<'action'>['across']>;

/** The check box of a row. */
export const checked = (pk: string): FormPair => ['_selected_action', pk];

const someRows = async (
  desk: Desk,
  model: ModelRef,
  keys: readonly string[],
): Promise<Selection> => {
  const found = await rowsByKey(desk, model, keys);
  const pks = [...new Set(keys)].filter((key) => found.rows.has(key));
  if (pks.length === 0)
    throw notFound('None of these objects is in the list.', {
      missing: found.missing.map(keyJson),
    });
  return {
    list: found.list,
    path: desk.at.changelist(model),
    referer: found.path,
    pks,
    missing: found.missing,
    rows: found.rows,
    across: null,
    matched: pks.length,
    pairs: [['select_across', '0'], ...pks.map(checked)],
  };
};

/** The selection in parts that a form has room for; everything that matches is one part. */
export const partsOf = (selection: Selection): readonly Selection[] => {
  const { pks } = selection;
  if (pks.length <= maxKeysPosted) return [selection];
  const count = Math.ceil(pks.length / maxKeysPosted);
  return Array.from({ length: count }, (_, i) => {
    const own = pks.slice(i * maxKeysPosted, (i + 1) * maxKeysPosted);
    const pairs: FormPair[] = [['select_across', '0'], ...own.map(checked)];
    return { ...selection, pks: own, matched: own.length, pairs };
  });
};

/**
 * All that search and filters match, as "Select all" does. Django wants one checked row all the same,
 * and then takes the list of the posted URL instead of it.
 */
const allRows = async (desk: Desk, model: ModelRef, across: Across): Promise<Selection> => {
  const names = Object.keys(across.filters);
  const shape = names.length > 0 ? await listShape(desk, model) : undefined;
  const query = new URLSearchParams();
  if (shape !== undefined)
    for (const [name, value] of filterQuery(across.filters, shape)) query.append(name, value);
  if (across.search !== undefined) query.set('q', across.search);
  const open = await openList(desk, model, query);
  if (open === undefined)
    throw shape === undefined
      ? badRequest('The admin refused the query.')
      : unknownFilter(names.join(', '), shape);
  const { page } = open;
  // Without a search box Django takes no notice of a search, and the action would run on everything.
  if (across.search !== undefined && page.search === null)
    throw badRequest('This admin has no search; use filters.');
  const first = page.rows.find(({ pk }) => pk !== null)?.pk;
  if (first === undefined || first === null)
    throw notFound('Nothing in the list matches, or its rows show no keys.');
  return {
    list: page,
    path: `${desk.at.changelist(model)}${queryText(query)}`,
    referer: open.path,
    pks: [],
    missing: [],
    rows: new Map(page.rows.flatMap((row) => (row.pk === null ? [] : [[row.pk, row] as const]))),
    across: query,
    matched: page.total,
    pairs: [['select_across', '1'], checked(first)],
  };
};

/** One request for the rows, which also shows the actions that this user has on them. */
export const selectionOf = (
  desk: Desk,
  model: ModelRef,
  input: Input<'action'>,
): Promise<Selection> =>
  input.across === undefined
    ? someRows(desk, model, input.pks)
    : allRows(desk, model, input.across);

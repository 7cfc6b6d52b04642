import { type Conflict, conflicts } from '../../operations/conflict.ts';
import type { Versions } from '../../operations/given-versions.ts';
import { mapLimited } from '../../operations/map-limited.ts';
import { changedGroups, parseVersion, type Version } from '../../operations/version.ts';
import { conflictOf } from '../contract/conflict.ts';
import type { Desk } from '../desk/desk.ts';
import { openForm } from '../desk/open-form.ts';
import { Refused } from '../desk/refused.ts';
import { groupsOf } from '../forms/groups.ts';
import { rowVersion } from '../list/row-version.ts';
import type { Row } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';

type Stale = Conflict & { readonly pk: string };

type Rows = ReadonlyMap<string, Row>;

const inRow = (pk: string, { digest }: Version, row: Row | undefined): Stale[] => {
  const version = row === undefined ? null : rowVersion(row);
  const isSame = version !== null && parseVersion(version).digest === digest;
  return isSame ? [] : [{ pk, version, changed: null }];
};

const inForm = async (
  desk: Desk,
  model: ModelRef,
  pk: string,
  version: Extract<Version, { kind: 'form' }>,
): Promise<Stale[]> => {
  const open = await openForm(desk, model, pk);
  const changed = changedGroups(version, groupsOf(open.page));
  return changed?.length === 0 ? [] : [{ pk, ...conflictOf(open, changed) }];
};

/** Objects that are not as they were, in the order of `versions`. One request for each version of a form. */
export const staleAmong = async (
  desk: Desk,
  model: ModelRef,
  versions: Versions,
  rows: Rows,
): Promise<readonly Stale[]> => {
  const found = await mapLimited([...versions], async ([pk, version]) =>
    version.kind === 'row' ? inRow(pk, version, rows.get(pk)) : inForm(desk, model, pk, version),
  );
  return found.flat();
};

/**
 * Throws unless all objects are as they were.
 *
 * @throws Refused 409 `conflict`, with every one that is not
 */
export const checkVersions = async (
  desk: Desk,
  model: ModelRef,
  versions: Versions,
  rows: Rows,
): Promise<void> => {
  const stale = await staleAmong(desk, model, versions, rows);
  if (stale.length > 0) throw new Refused(conflicts(stale));
};

/** The same objects by the versions of their rows, for a later look that costs nothing more. */
export const asRows = (versions: Versions, rows: Rows): Versions =>
  new Map(
    [...versions.keys()].flatMap((pk) => {
      const row = rows.get(pk);
      return row === undefined ? [] : [[pk, parseVersion(rowVersion(row))] as const];
    }),
  );

import { changedGroups, parseVersion, type Version } from '../../operations/version.ts';
import { formConflict } from '../contract/conflict.ts';
import type { Desk } from '../desk/desk.ts';
import type { OpenForm } from '../desk/open-form.ts';
import { rowsByKey } from '../desk/rows-by-key.ts';
import { groupsOf } from '../forms/groups.ts';
import { rowVersion } from '../list/row-version.ts';

/** The version of a call, which must be one before anything is sent. */
export const givenVersion = (text: string | undefined): Version | undefined =>
  text === undefined ? undefined : parseVersion(text);

const isSameRow = async (
  desk: Desk,
  { model, pk }: OpenForm,
  version: Version,
): Promise<boolean> => {
  if (pk === null) return false;
  const row = (await rowsByKey(desk, model, [pk])).rows.get(pk);
  return row !== undefined && parseVersion(rowVersion(row)).digest === version.digest;
};

/**
 * Throws unless the object is as it was. The version of a row takes one request more; it is
 * made after the form was read, so that what the form shows is not newer than the row.
 *
 * @throws Refused 409 `conflict`, with the new version and what changed
 */
export const checkVersion = async (
  desk: Desk,
  open: OpenForm,
  version: Version | undefined,
): Promise<void> => {
  if (version === undefined) return;
  const changed =
    version.kind === 'form'
      ? changedGroups(version, groupsOf(open.page))
      : (await isSameRow(desk, open, version))
        ? []
        : null;
  if (changed === null || changed.length > 0) throw formConflict(open, changed);
};

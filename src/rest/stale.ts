import { type Conflict, conflict, conflicts } from '../operations/conflict.ts';
import type { Versions } from '../operations/given-versions.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { changedGroups, parseVersion, type Version } from '../operations/version.ts';
import { groupsOf, shownNow, versionOf } from './object-version.ts';
import type { ModelRef, ObjectRef } from './refs.ts';
import { rowVersionsOf } from './row-version.ts';

/** The version of a call, which must be one before anything is sent. */
export const givenVersion = (text: string | undefined): Version | undefined =>
  text === undefined ? undefined : parseVersion(text);

const isSameRow = (version: Version, now: string | undefined): boolean =>
  now !== undefined && parseVersion(now).digest === version.digest;

/** What is not as it was; `undefined` where all is. */
const conflictIn = (
  version: Version,
  seen: JsonObject | undefined,
  row: string | undefined,
): Conflict | undefined => {
  if (version.kind === 'row' && isSameRow(version, row)) return undefined;
  if (seen === undefined) return { version: row ?? null, changed: null };
  const changed = version.kind === 'form' ? changedGroups(version, groupsOf(seen)) : null;
  if (changed?.length === 0) return undefined;
  return {
    version: versionOf(seen),
    changed: changed?.map((name) => shownNow(seen, name)) ?? null,
  };
};

/**
 * The refusal of a write that was made for an older state of the object; `undefined` where it
 * is as it was. A row is read after the object, so that the object is not newer than the row.
 *
 * @param seen the object as `retrieve` shows it
 */
export const staleness = async (
  version: Version | undefined,
  { pk, ...model }: ObjectRef,
  seen: JsonObject,
  context: Context,
): Promise<Answer | undefined> => {
  if (version === undefined) return undefined;
  const rows = version.kind === 'row' ? await rowVersionsOf(model, [pk], context) : undefined;
  const found = conflictIn(version, seen, rows?.get(pk));
  return found === undefined ? undefined : conflict(found);
};

/**
 * The refusal of a write to many objects of which some are not as they were.
 *
 * @param seen the objects as `retrieve` shows them; those with the version of a row can do without
 */
export const stalenessAmong = async (
  versions: Versions,
  model: ModelRef,
  seen: ReadonlyMap<string, JsonObject>,
  context: Context,
): Promise<Answer | undefined> => {
  const byRow = [...versions].flatMap(([pk, { kind }]) => (kind === 'row' ? [pk] : []));
  const rows = await rowVersionsOf(model, byRow, context);
  const stale = [...versions].flatMap(([pk, version]) => {
    const found = conflictIn(version, seen.get(pk), rows.get(pk));
    return found === undefined ? [] : [{ pk, ...found }];
  });
  return stale.length === 0 ? undefined : conflicts(stale);
};

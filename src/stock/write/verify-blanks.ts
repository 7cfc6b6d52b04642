import { askList, type Lookup } from '../desk/ask-list.ts';
import type { Desk } from '../desk/desk.ts';
import { keyGroups, lookupOf } from '../desk/key-lookups.ts';
import { type Blank, blankFields, textFields } from '../forms/blanks.ts';
import type { Hazard } from '../forms/types.ts';
import type { Changelist } from '../pages/types/changelist.ts';
import type { FormField } from '../pages/types/field.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { nullColumns } from './null-columns.ts';

/** An object that is to be posted back as it is shown, but for the fields that are set. */
export interface PostedBack {
  readonly pk: string;
  readonly fields: readonly FormField[];
  readonly touched: ReadonlySet<string>;
}

/** A column, with the objects that show nothing in it. */
interface BlankColumn {
  readonly blank: Blank;
  readonly pks: readonly string[];
}

const columnsOf = (objects: readonly PostedBack[]): BlankColumn[] => {
  const columns = new Map<string, { readonly blank: Blank; readonly pks: string[] }>();
  for (const { pk, fields, touched } of objects)
    for (const blank of blankFields(fields)) {
      if (touched.has(blank.name)) continue;
      const column = columns.get(blank.name) ?? { blank, pks: [] };
      column.pks.push(pk);
      columns.set(blank.name, column);
    }
  return [...columns.values()];
};

/** Whether a blank column of an object is safe, or damaged, by being posted back. */
const lookup = ({ name, hazard }: Blank, isSafe: boolean): Lookup => {
  const isSafeAsNull = hazard === 'blank_to_null';
  return [`${name}__isnull`, isSafe === isSafeAsNull ? 'True' : 'False'];
};

/** Objects that a list finds; none where the admin will not say. */
const countOf = (page: Changelist | undefined): number => page?.total ?? page?.rows.length ?? 0;

/**
 * Blank fields of the objects that posting them back would turn from blank text to NULL or the
 * other way round. No request where the model is known to hold no NULL in them; else one for
 * each such column, or for all together where all objects show nothing in all of them and
 * nothing is in danger.
 */
export const verifyBlanks = async (
  desk: Desk,
  model: ModelRef,
  objects: readonly PostedBack[],
): Promise<readonly Hazard[]> => {
  const blanks = columnsOf(objects);
  if (blanks.length === 0) return [];
  const texts = new Set(objects.flatMap(({ fields }) => textFields(fields)));
  const names = blanks.map(({ blank }) => blank.name);
  const nullable = new Set(await nullColumns(desk, model, names, [...texts]));
  const doubtful = blanks.filter(({ blank }) => nullable.has(blank.name));
  const find = (pks: readonly string[], lookups: readonly Lookup[]) =>
    askList(desk, model, [lookupOf(pks), ...lookups]);

  const areAllSafe = async (): Promise<boolean> => {
    const safe = doubtful.map(({ blank }) => lookup(blank, true));
    for (const pks of keyGroups(objects.map(({ pk }) => pk)))
      if (countOf(await find(pks, safe)) !== pks.length) return false;
    return true;
  };
  const isInDanger = async ({ blank, pks }: BlankColumn): Promise<boolean> => {
    for (const some of keyGroups(pks))
      if (countOf(await find(some, [lookup(blank, false)])) > 0) return true;
    return false;
  };

  const isSharedByAll = doubtful.every(({ pks }) => pks.length === objects.length);
  if (doubtful.length > 1 && isSharedByAll && (await areAllSafe())) return [];
  const hazards: Hazard[] = [];
  for (const column of doubtful)
    if (await isInDanger(column))
      hazards.push({ kind: column.blank.hazard, field: column.blank.name });
  return hazards;
};

import { askList, type Lookup } from '../desk/ask-list.ts';
import type { Desk } from '../desk/desk.ts';
import { type Blank, blankFields, textFields } from '../forms/blanks.ts';
import type { Hazard } from '../forms/types.ts';
import type { FormField } from '../pages/types/field.ts';
import type { ObjectRef } from '../pages/types/shared.ts';
import { nullColumns } from './null-columns.ts';

/** Whether a blank column of the object is safe, or damaged, by being posted back. */
const lookup = ({ name, hazard }: Blank, isSafe: boolean): Lookup => {
  const isSafeAsNull = hazard === 'blank_to_null';
  return [`${name}__isnull`, isSafe === isSafeAsNull ? 'True' : 'False'];
};

/**
 * Blank fields of the object that posting its form back would turn from blank text to NULL or
 * the other way round. No request where the model is known to hold no NULL in them; one where
 * it does and nothing is in danger.
 */
export const verifyBlanks = async (
  desk: Desk,
  { pk, ...model }: ObjectRef,
  fields: readonly FormField[],
  touched: ReadonlySet<string>,
): Promise<readonly Hazard[]> => {
  const blanks = blankFields(fields).filter(({ name }) => !touched.has(name));
  if (blanks.length === 0) return [];
  const names = blanks.map(({ name }) => name);
  const nullable = new Set(await nullColumns(desk, model, names, textFields(fields)));
  const doubtful = blanks.filter(({ name }) => nullable.has(name));
  const has = async (lookups: readonly Lookup[]): Promise<boolean> =>
    (await askList(desk, model, [['pk__exact', pk], ...lookups]))?.rows.length === 1;
  if (doubtful.length > 1 && (await has(doubtful.map((each) => lookup(each, true))))) return [];
  const hazards: Hazard[] = [];
  for (const each of doubtful)
    if (await has([lookup(each, false)])) hazards.push({ kind: each.hazard, field: each.name });
  return hazards;
};

import { askList, type Lookup } from '../desk/ask-list.ts';
import type { Desk } from '../desk/desk.ts';
import type { FormPair, Hazard } from '../forms/types.ts';
import type { FormField } from '../pages/types/field.ts';
import type { ObjectRef } from '../pages/types/shared.ts';
import { type Ask, exactTime } from './exact-time.ts';

/** Most times of one object that are looked up to the microsecond. */
const maxLookedUp = 4;

/** What is left to refuse, and texts that keep a stored time as it is. */
export interface Verified {
  readonly hazards: readonly Hazard[];
  /** By control name, in place of what the form shows. */
  readonly times: ReadonlyMap<string, string>;
}

/** Whether the object is found by look-ups; undefined where the admin will not say. */
const asker =
  (desk: Desk, { pk, ...model }: ObjectRef): Ask =>
  async (lookups) => {
    const page = await askList(desk, model, [['pk__exact', pk], ...lookups]);
    return page === undefined ? undefined : page.rows.length === 1;
  };

const exactLookup = ({ name, value }: FormField): Lookup => [
  `${name}__exact`,
  String(value).replace('T', ' '),
];

/** The control that holds the time of a field. */
const timeControl = (field: FormField): string => {
  const base = field.controlName ?? field.name;
  return field.widget.kind === 'split-datetime' ? `${base}_1` : base;
};

/**
 * Makes sure that posting times back changes none of them. Forms drop microseconds and no
 * page shows them, but the changelist can be asked: one request says whether all are exactly
 * as shown; one that is not is looked up, so that it can be posted in full.
 */
export const verifyTimes = async (
  desk: Desk,
  object: ObjectRef,
  fields: readonly FormField[],
  hazards: readonly Hazard[],
): Promise<Verified> => {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const timed = hazards.flatMap((hazard) => {
    const field = hazard.kind === 'precision' ? byName.get(hazard.field) : undefined;
    return field === undefined || typeof field.value !== 'string' ? [] : [{ hazard, field }];
  });
  const others = hazards.filter((hazard) => !timed.some((each) => each.hazard === hazard));
  const times = new Map<string, string>();
  if (timed.length === 0) return { hazards: others, times };
  const ask = asker(desk, object);
  const all = await ask(timed.map(({ field }) => exactLookup(field)));
  if (all === true) return { hazards: others, times };
  const left = [...others];
  let lookedUp = 0;
  for (const { hazard, field } of timed) {
    if (timed.length > 1 && all !== undefined && (await ask([exactLookup(field)])) === true)
      continue;
    const mayLook = all !== undefined && lookedUp < maxLookedUp && field.widget.kind !== 'datetime';
    const exact = mayLook ? await exactTime(field, ask) : undefined;
    lookedUp += 1;
    if (exact === undefined) left.push(hazard);
    else times.set(timeControl(field), exact);
  }
  return { hazards: left, times };
};

export const withTimes = (
  pairs: readonly FormPair[],
  times: ReadonlyMap<string, string>,
): FormPair[] => pairs.map(([name, value]): FormPair => [name, times.get(name) ?? value]);

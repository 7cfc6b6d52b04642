import { GatewayError } from '../../operations/errors.ts';
import type { Changelist } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import type { Desk } from './desk.ts';
import { openList } from './open-list.ts';
import { Refused } from './refused.ts';

export type Lookup = readonly [name: string, value: string];

/**
 * The changelist under look-ups, by which the database can be asked what no page shows.
 * Undefined where the admin will not say: it refuses the look-up, or draws its list by hand.
 */
export const askList = async (
  desk: Desk,
  model: ModelRef,
  lookups: readonly Lookup[],
): Promise<Changelist | undefined> => {
  try {
    const query = new URLSearchParams();
    for (const [name, value] of lookups) query.append(name, value);
    return (await openList(desk, model, query))?.page;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    const isAboutTheList =
      error instanceof GatewayError &&
      (error.reason === 'unsupported' || error.reason === 'upstream');
    if (isAboutTheList) return undefined;
    throw error;
  }
};

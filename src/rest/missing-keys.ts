import type { Context } from '../operations/upstream.ts';
import { send } from './call.ts';
import { mapLimited } from './map-limited.ts';

interface Keys {
  readonly app_label: string;
  readonly model_name: string;
  readonly pks: readonly string[];
}

/** Which keys name no object for this user. One entry of an object's log is its cheapest read. */
export const missingKeys = async (
  { app_label, model_name, pks }: Keys,
  context: Context,
): Promise<readonly string[]> => {
  const found = await mapLimited([...new Set(pks)], async (pk) => {
    const values = { app_label, model_name, pk };
    const pattern = '/:app_label/:model_name/:pk/history/';
    const answer = await send({ method: 'GET', pattern, values, query: { page_size: 1 } }, context);
    return answer.status === 404 ? [pk] : [];
  });
  return found.flat();
};

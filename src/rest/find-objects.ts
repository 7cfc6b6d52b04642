import type { JsonObject } from '../operations/json.ts';
import { mapLimited } from '../operations/map-limited.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { part } from './body.ts';
import { callRest, send } from './call.ts';
import type { ModelRef } from './refs.ts';

/** What was found under a key. */
export interface Found {
  readonly pk: string;
  readonly label: string | null;
  /** As `retrieve` shows it, where it was read as a whole. */
  readonly seen?: JsonObject;
}

export type Finding = Found | { readonly missing: string } | { readonly refused: Answer };

interface Search {
  readonly model: ModelRef;
  readonly pks: readonly string[];
  /** Which objects have to be read as a whole; the others are only looked for. */
  readonly isWhole?: (pk: string) => boolean;
}

/** One entry of an object's log is its cheapest read. */
const look = async (model: ModelRef, pk: string, context: Context): Promise<Finding> => {
  const values = { ...model, pk };
  const pattern = '/:app_label/:model_name/:pk/history/';
  const answer = await send({ method: 'GET', pattern, values, query: { page_size: 1 } }, context);
  if (answer.status === 404) return { missing: pk };
  const { label } = part(answer.body, 'object');
  return { pk, label: typeof label === 'string' ? label : null };
};

const read = async (model: ModelRef, pk: string, context: Context): Promise<Finding> => {
  const answer = await callRest('retrieve', { ...model, pk }, context);
  if (answer.status === 404) return { missing: pk };
  if (answer.status !== 200) return { refused: answer };
  const { label } = answer.body;
  return { pk, label: typeof label === 'string' ? label : null, seen: answer.body };
};

/** Looks up every key once. */
export const findObjects = async (
  { model, pks, isWhole = () => false }: Search,
  context: Context,
): Promise<readonly Finding[]> =>
  mapLimited([...new Set(pks)], (pk) =>
    isWhole(pk) ? read(model, pk, context) : look(model, pk, context),
  );

/** Which keys name no object for this user. */
export const missingIn = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap((finding) => ('missing' in finding ? [finding.missing] : []));

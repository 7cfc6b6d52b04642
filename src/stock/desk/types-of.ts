import { GatewayError } from '../../operations/errors.ts';
import type { Changelist } from '../pages/types/changelist.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import type { Desk } from './desk.ts';
import { emptyShape, type ModelShape } from './model-shape.ts';
import { openForm } from './open-form.ts';
import { Refused } from './refused.ts';

const isOver = (error: unknown): boolean =>
  error instanceof GatewayError &&
  ['anonymous', 'cancelled', 'timeout', 'internal'].includes(error.reason);

/**
 * Types of a model's fields for its list. One request where they are not remembered: the add
 * page, or the first row's page where this user may not add.
 */
export const shapeFor = async (
  desk: Desk,
  model: ModelRef,
  list: Changelist,
): Promise<ModelShape> => {
  const key = desk.shapeKey(model);
  const known = desk.memory.models.get(key);
  if (known !== undefined) return known;
  const [first] = list.rows;
  const linked = first?.cells.some(({ link }) => link?.target.kind === 'change') === true;
  const pk = list.addUrl === null ? (linked ? first?.pk : undefined) : null;
  if (pk === undefined) return emptyShape;
  try {
    await openForm(desk, model, pk);
  } catch (error) {
    // A list is worth having without types; whatever ails that page is not the caller's question.
    if (isOver(error) || !(error instanceof GatewayError || error instanceof Refused)) throw error;
  }
  const found = desk.memory.models.get(key) ?? emptyShape;
  desk.memory.models.set(key, found);
  return found;
};

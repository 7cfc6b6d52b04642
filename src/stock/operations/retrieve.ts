import type { Input } from '../../operations/catalogue.ts';
import type { Answer } from '../../operations/upstream.ts';
import { objectOf } from '../contract/model.ts';
import { objectJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { openForm, stockForm } from '../desk/open-form.ts';

/** One request: the change page. */
export const retrieve = async (input: Input<'retrieve'>, desk: Desk): Promise<Answer> => {
  const { pk, ...model } = objectOf(input);
  const open = await openForm(desk, model, pk);
  stockForm(open);
  return { status: 200, body: objectJson(open) };
};

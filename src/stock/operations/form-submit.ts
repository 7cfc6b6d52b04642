import type { Input } from '../../operations/catalogue.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Desk } from '../desk/desk.ts';
import { create } from './create.ts';
import { update } from './update.ts';

/** As create or update, with the query of the form's page and the project's own buttons. */
export const formSubmit = (input: Input<'form_submit'>, desk: Desk): Promise<Answer> => {
  const { pk, version, ...rest } = input;
  return pk === undefined || pk === null
    ? create({ ...rest, withButtons: true }, desk)
    : update({ ...rest, pk, version, withButtons: true }, desk);
};

import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Desk } from '../desk/desk.ts';
import { create } from './create.ts';
import { update } from './update.ts';

/** As create or update, with the query of the form's page and the project's own buttons. */
export const formSubmit = async (input: Input<'form_submit'>, desk: Desk): Promise<Answer> => {
  const { pk, version, ...rest } = input;
  if (pk !== undefined && pk !== null)
    return update({ ...rest, pk, version, withButtons: true }, desk);
  if (version === undefined) return create({ ...rest, withButtons: true }, desk);
  const violation = { pointer: '/version', message: 'needs a pk: a new object has no version' };
  throw new GatewayError('input', `Invalid arguments: ${violation.pointer} ${violation.message}.`, {
    hint: 'Leave the version out to create an object, or give the pk of the one to change.',
    details: { errors: [violation] },
  });
};

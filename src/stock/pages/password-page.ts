import { readPage } from '../../html/read-page.ts';
import { GatewayError } from '../../operations/errors.ts';
import { readForms } from '../forms/controls.ts';
import { submitButtons } from '../forms/successful.ts';
import { readFormFields } from './fields/form-fields.ts';
import { readFrame } from './frame.ts';
import type { PasswordPage } from './types/others.ts';
import type { PageAddress } from './types/shared.ts';

/**
 * Reads the page that sets a user's password, of both generations: since Django 5.1 it asks
 * first whether the user may log in with one at all, and has a button for each answer.
 *
 * @throws GatewayError `upstream` when the page has no form with a password
 */
export const readPasswordPage = (html: string, address: PageAddress): PasswordPage => {
  const page = readPage(html);
  const forms = readForms(page);
  const found = forms.find(({ form }) =>
    form.controls.some((control) => control.type === 'password'),
  );
  if (found === undefined)
    throw new GatewayError('upstream', 'The admin sent no form to set a password with.');
  const { fields, errors } = readFormFields(page, address, found);
  return {
    frame: readFrame(page, forms),
    form: found.form,
    fields,
    errors,
    asksUsable: found.form.controls.some(({ name }) => name === 'usable_password'),
    buttons: submitButtons(found.form),
  };
};

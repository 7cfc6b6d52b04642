import { GatewayError } from '../operations/errors.ts';
import type { Credentials } from './credentials.ts';
import type { LoginControl, LoginForm, LoginPage } from './login-page.ts';

export interface FilledLogin {
  readonly fields: readonly (readonly [string, string])[];
  /** Where the form posts to; undefined for the page's own address. */
  readonly action: string | undefined;
  /** Fields to type into that were left empty. */
  readonly unfilled: readonly string[];
}

/** Django's own names, which the view takes even where the page's inputs have none. */
const userField = 'username';
const passwordField = 'password';

const sentAsIs = new Set(['hidden', 'select', 'textarea']);
const typedInto = new Set(['text', 'email', 'tel', 'number', 'password', 'textarea', 'select']);
const notSent = new Set(['submit', 'button', 'image', 'reset', 'file']);

const isPassword = (control: LoginControl): boolean => control.type === 'password';

/** A project's own login page may call the user field `login` or `email`; it is the first to type into. */
const userNameControl = (form: LoginForm): string => {
  const named = form.controls.filter(({ name, type }) => name !== '' && typedInto.has(type));
  const standard = named.find(({ name }) => name === userField);
  return (standard ?? named.find((control) => !isPassword(control)))?.name ?? userField;
};

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * Fills the form that asks for a password; hidden fields keep their values, among them
 * Django's token and `next`.
 *
 * @returns undefined where the page has no login form
 * @throws GatewayError `anonymous` when the form requires a field that nobody gave
 */
export const fillLogin = (page: LoginPage, credentials: Credentials): FilledLogin | undefined => {
  const form =
    page.forms.find(({ controls }) => controls.some(isPassword)) ??
    page.forms.find(({ controls }) => controls.some(({ name }) => name === 'csrfmiddlewaretoken'));
  if (form === undefined) return undefined;
  const password = form.controls.find((control) => isPassword(control) && control.name !== '');
  const given = new Map([
    ...Object.entries(credentials.fields ?? {}),
    [userNameControl(form), credentials.username],
    [password?.name ?? passwordField, credentials.password],
  ]);
  const fields: [string, string][] = [];
  const missing: string[] = [];
  const unfilled: string[] = [];
  for (const control of form.controls) {
    const { name, type, value } = control;
    if (name === '' || notSent.has(type) || given.has(name)) continue;
    if (type === 'checkbox' || type === 'radio') {
      if (control.checked) fields.push([name, value === '' ? 'on' : value]);
      continue;
    }
    if (typedInto.has(type) && value === '') (control.required ? missing : unfilled).push(name);
    if (sentAsIs.has(type) || typedInto.has(type)) fields.push([name, value]);
  }
  if (missing.length > 0)
    throw new GatewayError('anonymous', `This login also asks for ${quoted(missing)}.`, {
      hint: `Give it beside user name and password, as a login field: ${missing[0]}=…`,
      details: { fields: missing },
    });
  return { fields: [...fields, ...given], action: form.action, unfilled };
};

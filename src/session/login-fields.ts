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

/** What a browser sends besides the given fields, and what a person would still have to type. */
const otherFields = (form: LoginForm, given: ReadonlyMap<string, string>) => {
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
  return { fields, missing, unfilled };
};

/** The form of a login page that asks for the password. */
const passwordForm = (page: LoginPage): LoginForm | undefined =>
  page.forms.find(({ controls }) => controls.some(isPassword)) ??
  page.forms.find(({ controls }) => controls.some(({ name }) => name === 'csrfmiddlewaretoken'));

/** The last part of a name, since form wizards put a prefix before theirs (`token-otp_token`). */
const codeName =
  /^(?:otp|totp|mfa|tfa|2fa|code|token|passcode|(?:otp|totp|mfa|tfa|2fa|auth|verification|security|one_time)_(?:token|code|password))$/i;

const codeTypes = new Set(['text', 'number', 'tel', 'password']);

const codeControl = (form: LoginForm): LoginControl | undefined => {
  const typed = form.controls.filter(({ name, type }) => name !== '' && codeTypes.has(type));
  return (
    typed.find(({ wantsCode }) => wantsCode) ??
    typed.find(({ name }) => codeName.test(name.split('-').at(-1) ?? ''))
  );
};

/** The field for a one-time code beside user name and password, such as django-otp's. */
export const codeFieldBeside = (page: LoginPage): string | undefined => {
  const form = passwordForm(page);
  return form === undefined ? undefined : codeControl(form)?.name;
};

export interface CodeStep {
  readonly name: string;
  readonly fill: (code: string) => FilledLogin;
}

/** The form that asks for a code alone, after the password: django-two-factor-auth, allauth. */
export const codeStep = (page: LoginPage): CodeStep | undefined => {
  if (page.forms.some(({ controls }) => controls.some(({ name }) => name === userField)))
    return undefined;
  for (const form of page.forms) {
    const control = codeControl(form);
    if (control === undefined) continue;
    return {
      name: control.name,
      fill: (code) => {
        const given = new Map([[control.name, code]]);
        const { fields, unfilled } = otherFields(form, given);
        return { fields: [...fields, ...given], action: form.action, unfilled };
      },
    };
  }
  return undefined;
};

/**
 * Fills the form that asks for a password; hidden fields keep their values, among them
 * Django's token and `next`.
 *
 * @returns undefined where the page has no login form
 * @throws GatewayError `anonymous` when the form requires a field that nobody gave
 */
export const fillLogin = (page: LoginPage, credentials: Credentials): FilledLogin | undefined => {
  const form = passwordForm(page);
  if (form === undefined) return undefined;
  const password = form.controls.find((control) => isPassword(control) && control.name !== '');
  const given = new Map([
    ...Object.entries(credentials.fields ?? {}),
    [userNameControl(form), credentials.username],
    [password?.name ?? passwordField, credentials.password],
  ]);
  const { fields, missing, unfilled } = otherFields(form, given);
  if (missing.length > 0)
    throw new GatewayError('anonymous', `This login also asks for ${quoted(missing)}.`, {
      hint: `Give it beside user name and password, as a login field: ${missing[0]}=…`,
      details: { fields: missing },
    });
  return { fields: [...fields, ...given], action: form.action, unfilled };
};

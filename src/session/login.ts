import type { DjangoClient } from '../django/client.ts';
import type { DjangoResponse } from '../django/messages.ts';
import { classifyRedirect, isSameSite } from '../django/redirects.ts';
import type { CookieSet } from '../django/set-cookie.ts';
import { createCookieJar } from './cookie-jar.ts';
import type { Credentials } from './credentials.ts';
import {
  cookieLost,
  noLoginForm,
  notStaff,
  refusedLogin,
  secondStep,
  signOnElsewhere,
  wrongCode,
  wrongCredentials,
} from './login-errors.ts';
import { codeFieldBeside, codeStep, type FilledLogin, fillLogin } from './login-fields.ts';
import { type LoginPage, readLoginPage } from './login-page.ts';
import { createVisitor, type Visitor } from './visitor.ts';
import { whoAmI } from './who-am-i.ts';

/** Cookies of a session that has just reached the admin as staff. */
export interface LoggedIn {
  readonly cookies: readonly CookieSet[];
  /** As the admin greets the user, else as given. */
  readonly userName: string;
}

/** A project may put its own login before the admin's (`login_required(admin.site.login)`). */
const maxHops = 3;

const pathOf = (url: URL): string => `${url.pathname}${url.search}`;

/** The page with the login form: the admin's own, or one of the same site that it sends us to. */
const openLoginPage = async (
  { site, send }: Visitor,
  signal: AbortSignal,
): Promise<DjangoResponse> => {
  const admin = site.adminUrl.pathname;
  let path = `${admin}login/?next=${encodeURIComponent(admin)}`;
  for (let hop = 0; hop <= maxHops; hop += 1) {
    const response = await send({ method: 'GET', path }, signal);
    if (response.location === undefined) return response;
    if (!isSameSite(site, response.location)) throw signOnElsewhere(site, response);
    path = pathOf(response.location);
  }
  throw noLoginForm(site);
};

/** Where a form posts to, as a path on our origin. */
const targetOf = (visitor: Visitor, page: DjangoResponse, action: string | undefined): string => {
  const { site } = visitor;
  const base = new URL(page.path, site.adminUrl.origin);
  const target = new URL(action ?? '', base);
  if (!isSameSite(site, target)) throw noLoginForm(site);
  return pathOf(target);
};

const failureOf = async (answer: DjangoResponse, unfilled: readonly string[]): Promise<Error> => {
  const { forms, errors } = await readLoginPage(answer.text);
  const asksAgain = forms.some(({ controls }) => controls.some(({ type }) => type === 'password'));
  const next = forms
    .flatMap(({ controls }) => controls)
    .filter(({ type, name }) => name !== '' && /^(?:text|number|tel)$/.test(type))
    .map(({ name }) => name);
  return asksAgain || next.length === 0 ? wrongCredentials(errors, unfilled) : secondStep(next);
};

/** The token of whoever asks for the login, where it is theirs to be judged by Django. */
const withToken = (
  fields: readonly (readonly [string, string])[],
  token: string | undefined,
): readonly (readonly [string, string])[] =>
  token === undefined
    ? fields
    : [
        ...fields.filter(([name]) => name !== 'csrfmiddlewaretoken'),
        ['csrfmiddlewaretoken', token],
      ];

/** The credentials with the code that the form asks for beside the password. */
const withCode = async (page: LoginPage, credentials: Credentials): Promise<Credentials> => {
  const name = codeFieldBeside(page);
  const { fields = {}, code } = credentials;
  if (name === undefined || name in fields || code === undefined) return credentials;
  const given = await code();
  return given === undefined
    ? credentials
    : { ...credentials, fields: { ...fields, [name]: given } };
};

/**
 * What came of the second step, where the site asks for a code on a page of its own: the answer
 * to the password, or the page that it sends us to. Undefined where there is none, or no code.
 */
const secondAnswer = async (
  visitor: Visitor,
  answer: DjangoResponse,
  { fields = {}, code }: Credentials,
  submit: (from: DjangoResponse, filled: FilledLogin) => Promise<DjangoResponse>,
  signal: AbortSignal,
): Promise<DjangoResponse | undefined> => {
  const { site } = visitor;
  const to = answer.location;
  const goesOn =
    to !== undefined && isSameSite(site, to) && classifyRedirect(site, answer) !== 'admin_index';
  const page = goesOn ? await visitor.send({ method: 'GET', path: pathOf(to) }, signal) : answer;
  if (page.status !== 200) return undefined;
  const step = codeStep(await readLoginPage(page.text));
  if (step === undefined) return undefined;
  const given = fields[step.name] ?? (await code?.());
  if (given === undefined) throw secondStep([step.name]);
  const second = await submit(page, step.fill(given));
  const again = second.status === 200 ? codeStep(await readLoginPage(second.text)) : undefined;
  if (again === undefined) return second;
  throw wrongCode((await readLoginPage(second.text)).errors);
};

/**
 * Logs a visitor in through the admin's login form, with one attempt and no more: sites lock
 * accounts. Success is what Django shows afterwards, the admin index, and not a status.
 *
 * @param csrfToken sent instead of the page's own, for a client that brings a token for Django to judge
 * @returns the name that the admin greets the user by, else the one that was given
 * @throws GatewayError `anonymous` (credentials, extra field, single sign-on) | `forbidden`
 *   (CSRF, locked, not staff) | `missing` | `config` | `upstream` | `timeout` | `cancelled`
 */
export const loginAs = async (
  visitor: Visitor,
  credentials: Credentials,
  signal: AbortSignal,
  csrfToken?: string,
): Promise<string> => {
  const { site } = visitor;
  const page = await openLoginPage(visitor, signal);
  if (page.status !== 200) throw refusedLogin(site, page);
  const loginPage = await readLoginPage(page.text);
  const filled = fillLogin(loginPage, await withCode(loginPage, credentials));
  if (filled === undefined) throw noLoginForm(site);

  const submit = (from: DjangoResponse, { action, fields }: FilledLogin): Promise<DjangoResponse> =>
    visitor.send(
      {
        method: 'POST',
        path: targetOf(visitor, from, action),
        referer: from.path,
        body: { kind: 'form', fields: withToken(fields, csrfToken) },
      },
      signal,
    );
  const first = await submit(page, filled);
  const answer = (await secondAnswer(visitor, first, credentials, submit, signal)) ?? first;
  if (answer.status === 200) throw await failureOf(answer, filled.unfilled);
  if (answer.location === undefined) throw refusedLogin(site, answer);
  const redirect = classifyRedirect(site, answer);
  if (redirect === 'foreign') throw signOnElsewhere(site, answer);

  const { standing, userName } = await whoAmI(visitor, signal);
  if (standing === 'not_staff') throw notStaff(site);
  if (standing === 'anonymous')
    throw redirect === 'login' ? wrongCredentials([], filled.unfilled) : cookieLost(site);
  return userName ?? credentials.username;
};

/** Logs in with a session of its own; see {@link loginAs}. */
export const login = async (
  client: DjangoClient,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<LoggedIn> => {
  const jar = createCookieJar();
  const userName = await loginAs(createVisitor(client, jar), credentials, signal);
  return { cookies: jar.cookies(), userName };
};

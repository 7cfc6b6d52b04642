import type { DjangoResponse } from '../django/messages.ts';
import { isHttpsUpgrade } from '../django/redirects.ts';
import type { Site } from '../django/site.ts';
import { siteInWords } from '../django/transport-error.ts';
import { GatewayError } from '../operations/errors.ts';
import { siteFault } from './site-fault.ts';

/** What works wherever a person can log in with a browser. */
const cookieHint =
  'Log in with a browser: "login --browser" opens one, "login --cookie" takes the session of yours.';

/** Django names neither which of the two was wrong nor whether the user is staff, on purpose. */
export const wrongCredentials = (
  said: readonly string[],
  unfilled: readonly string[],
): GatewayError =>
  new GatewayError(
    'anonymous',
    'Django refused the login: the user name or password is wrong, or the user is inactive or not staff. It does not tell which.',
    {
      hint:
        unfilled.length === 0
          ? 'Correct the credentials; if the site also asks for a code, give it with --otp. They are not tried again by themselves, since sites lock accounts.'
          : `Correct the credentials; the login form also has a field "${unfilled[0]}", which was left empty.`,
      details: { django: [...said] },
    },
  );

export const secondStep = (names: readonly string[]): GatewayError =>
  new GatewayError('anonymous', 'After the password, this login asks for a second step.', {
    hint: `A one-time code can be given with "login --otp". ${cookieHint}`,
    details: { fields: [...names] },
  });

export const wrongCode = (said: readonly string[]): GatewayError =>
  new GatewayError('anonymous', 'The password was taken, but not the one-time code.', {
    hint: 'Codes last for half a minute and work once: log in again with a new one.',
    details: { django: [...said] },
  });

export const signOnElsewhere = (site: Site, response: DjangoResponse): GatewayError => {
  if (isHttpsUpgrade(site, response)) return siteFault(site, response);
  const host = response.location?.host ?? 'another host';
  return new GatewayError(
    'anonymous',
    `This admin logs in through ${host}, not by a form of its own.`,
    { hint: cookieHint, details: { host } },
  );
};

export const noLoginForm = (site: Site): GatewayError =>
  new GatewayError('anonymous', `${siteInWords(site)} shows no login form.`, { hint: cookieHint });

const proxyHint =
  'Behind a proxy, set the public origin to what the browser shows and send the headers that the proxy sends (X-Forwarded-Proto, Host).';

/** 403 is Django's CSRF check, or a lock such as django-axes'; 429 is a lock. */
export const refusedLogin = (site: Site, response: DjangoResponse): GatewayError => {
  const { status } = response;
  if (status === 403 && /csrf/i.test(response.text))
    return new GatewayError(
      'forbidden',
      `${siteInWords(site)} refused the login by its CSRF check.`,
      {
        hint: proxyHint,
        details: { status },
      },
    );
  if (status === 403 || status === 429)
    return new GatewayError('forbidden', `${siteInWords(site)} refused the login (${status}).`, {
      hint: 'The account or this address may be locked after failed logins; wait, or ask the administrator.',
      details: { status },
    });
  return siteFault(site, response);
};

export const cookieLost = (site: Site): GatewayError =>
  new GatewayError(
    'upstream',
    `${siteInWords(site)} took the login, but knows no session after it.`,
    {
      hint: 'Its session cookie does not come back to it: check SESSION_COOKIE settings, and that one database serves all workers.',
    },
  );

export const notStaff = (site: Site): GatewayError =>
  new GatewayError(
    'forbidden',
    `The login worked, but the user is not staff on ${siteInWords(site)}.`,
    {
      hint: 'Ask an administrator for staff status.',
    },
  );

import type { Settings } from './config/options.ts';
import type { DjangoClient } from './django/client.ts';
import { traced, traceIn } from './django/traced.ts';
import { isLoopback } from './http/guard.ts';
import { narrowingOf } from './http/narrowing.ts';
import type { Visitor } from './http/visitor.ts';
import { GatewayError } from './operations/errors.ts';
import { createBasicCallers } from './session/basic-callers.ts';
import { createCookieCallers } from './session/cookie-caller.ts';

const refuseBasic = (isAllowed: boolean, url: URL): void => {
  if (!isAllowed)
    throw new GatewayError('anonymous', 'This gateway takes no Authorization header.', {
      hint: "Send the admin's session cookie; the operator may allow passwords with --basic-auth.",
    });
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return;
  throw new GatewayError('forbidden', 'A password is not taken over plain HTTP.', {
    hint: 'Use https. Behind a proxy that ends TLS the operator sets GATEWAY_ORIGIN.',
  });
};

/**
 * Who makes a request: the Django session of its cookies, or, where it is allowed, a login with
 * its `Authorization: Basic`. Such a request carries its own proof in every message, which no web
 * page can make a browser add, so there is no CSRF token to judge.
 */
export const visitorsOf = (
  settings: Settings,
  client: DjangoClient,
): ((request: Request) => Visitor) => {
  const cookieCaller = createCookieCallers({
    client,
    signInHint: 'The user must log in to the admin again and send the new session cookie.',
  });
  const basicCaller = createBasicCallers(client);
  return ({ headers, url }) => {
    const narrowing = narrowingOf(headers, settings.CSRF_HEADER);
    const trace = traceIn((name) => headers.get(name));
    const authorization = headers.get('authorization');
    if (authorization !== null) {
      refuseBasic(settings.BASIC_AUTH, new URL(url));
      const caller = traced(basicCaller(authorization), trace);
      return { caller, csrfToken: null, setCookies: () => [], narrowing };
    }
    const csrfToken = headers.get(settings.CSRF_HEADER) ?? '';
    const caller = cookieCaller({ cookie: headers.get('cookie') ?? '', csrfToken });
    return {
      caller: traced(caller, trace),
      csrfToken,
      setCookies: caller.setCookieLines,
      narrowing,
    };
  };
};

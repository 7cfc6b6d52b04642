import type { Caller } from '../django/caller.ts';
import { isLoginRedirect } from '../django/redirects.ts';
import { GatewayError } from '../operations/errors.ts';

/** Django's default name; a renamed cookie, or one in the session, is found in a page instead. */
export const csrfCookie = 'csrftoken';

/**
 * `{% csrf_token %}` as Django itself writes it (3.2 to 6.1), whatever the theme. Bounded, or a
 * page of unclosed tags would take a time that grows with the square of its size.
 */
const hiddenToken = /<input\b[^>]{0,200}\bname=["']?csrfmiddlewaretoken["']?[^>]{0,200}>/i;
const valueAttribute = /\bvalue=["']?([A-Za-z0-9]{32,64})\b/i;

/** The token that a page carries in a form. Masked anew on every page, and good for the whole session. */
export const tokenInPage = (html: string): string | undefined =>
  valueAttribute.exec(hiddenToken.exec(html)?.[0] ?? '')?.[1];

/** The password form is the smallest page that has a form in every version; 3.2's index has none. */
const pages = ['password_change/', ''] as const;

/**
 * Reads a token from a page of the admin. It works with `CSRF_USE_SESSIONS`,
 * `CSRF_COOKIE_HTTPONLY` and a renamed cookie, where the cookie does not.
 *
 * @throws GatewayError `anonymous` when the session is over, `forbidden` when no page has a token
 */
export const readCsrfToken = async (
  { site, send, signInHint }: Pick<Caller, 'site' | 'send' | 'signInHint'>,
  signal: AbortSignal,
): Promise<string> => {
  for (const page of pages) {
    const response = await send(
      { method: 'GET', path: `${site.adminUrl.pathname}${page}` },
      signal,
    );
    if (isLoginRedirect(site, response))
      throw new GatewayError('anonymous', 'The Django session is over.', { hint: signInHint });
    const token = response.status === 200 ? tokenInPage(response.text) : undefined;
    if (token !== undefined) return token;
  }
  throw new GatewayError('forbidden', 'No page of this admin carries a CSRF token.', {
    hint: 'Its templates leave {% csrf_token %} out, so requests without a form cannot be made.',
  });
};

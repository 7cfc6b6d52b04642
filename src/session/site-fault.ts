import type { DjangoResponse } from '../django/messages.ts';
import { isHttpsUpgrade } from '../django/redirects.ts';
import type { Site } from '../django/site.ts';
import { siteInWords } from '../django/transport-error.ts';
import { GatewayError } from '../operations/errors.ts';

/**
 * What an answer other than an admin page or its login says about the settings: no admin
 * there, the wrong host or scheme, a door of the web server's before Django's own.
 */
export const siteFault = (site: Site, response: DjangoResponse): GatewayError => {
  const { status } = response;
  const who = siteInWords(site);
  const details = { status };
  if (isHttpsUpgrade(site, response))
    return new GatewayError('config', `${who} wants to be asked over https.`, {
      hint: 'Use https:// in the admin URL, or send the header of SECURE_PROXY_SSL_HEADER (X-Forwarded-Proto: https).',
      details,
    });
  if (response.location !== undefined)
    return new GatewayError('config', `${who} redirects that admin URL to another page.`, {
      hint: 'Give the URL of the admin index as a browser shows it after the login, with any language in its path.',
      details: { status, location: `${response.location.origin}${response.location.pathname}` },
    });
  if (status === 404 || status === 200)
    return new GatewayError('missing', `${who} has no admin at that path.`, {
      hint: 'Give the URL of the admin index, as a browser shows it after the login.',
      details,
    });
  if (status === 400)
    return new GatewayError('config', `${who} rejected the request (400).`, {
      hint: 'Most often the host is not in ALLOWED_HOSTS: send the right one as an extra Host header.',
      details,
    });
  if (status === 401)
    return new GatewayError('config', `${who} asks for HTTP authentication before its own.`, {
      hint: 'Give the Authorization header as an extra header.',
      details,
    });
  return new GatewayError('upstream', `${who} answered ${status} instead of an admin page.`, {
    hint: "Django's log says why.",
    details,
  });
};

import type { DjangoClient } from '../django/client.ts';
import { GatewayError } from '../operations/errors.ts';
import { createCookieJar } from './cookie-jar.ts';
import { parseCookieText } from './cookie-text.ts';
import type { LoggedIn } from './login.ts';
import { createVisitor } from './visitor.ts';
import { whoAmI } from './who-am-i.ts';

/**
 * Takes a session that somebody else logged in, once Django has shown that it reaches the admin.
 *
 * @param text a `Cookie` header, or the bare value of the session cookie
 * @throws GatewayError `input` when it is neither, `anonymous` when it does not reach the admin
 */
export const adoptCookie = async (
  client: DjangoClient,
  text: string,
  signal: AbortSignal,
): Promise<LoggedIn> => {
  const given = parseCookieText(text);
  if (given.length === 0)
    throw new GatewayError('input', 'That is no cookie.', {
      hint: 'Copy "sessionid=…" from the cookies that your browser shows for this site.',
    });
  const jar = createCookieJar(given);
  const { standing, userName } = await whoAmI(createVisitor(client, jar), signal);
  if (standing !== 'staff')
    throw new GatewayError('anonymous', 'That cookie does not reach the admin as staff.', {
      hint: 'Copy it from a browser that is logged in to this very admin.',
    });
  return { cookies: jar.cookies(), userName: userName ?? 'a staff user' };
};

import type { Caller } from '../django/caller.ts';
import type { DjangoClient } from '../django/client.ts';
import type { CookieJar } from './cookie-jar.ts';

/** Somebody to send requests as; enough of a {@link Caller} to look around with. */
export type Visitor = Pick<Caller, 'site' | 'send'>;

/** A visitor whose cookies are in a jar, for the time before there is a session to keep. */
export const createVisitor = (client: DjangoClient, jar: CookieJar): Visitor => ({
  site: client.site,
  send: async (request, signal) => {
    const response = await client.send(request, { cookie: jar.header(), signal });
    jar.keep(response.setCookieLines);
    return response;
  },
});

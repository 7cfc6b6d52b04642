import type { Caller } from '../django/caller.ts';
import type { DjangoRequest, DjangoResponse } from '../django/messages.ts';
import type { CookieJar } from './cookie-jar.ts';
import { csrfCookie, readCsrfToken } from './csrf-token.ts';

/** The CSRF token of one session, read once and kept until Django refuses it. */
export interface CsrfMemory {
  readonly token: (
    visitor: Pick<Caller, 'site' | 'send' | 'signInHint'>,
    jar: Pick<CookieJar, 'get'>,
    signal: AbortSignal,
  ) => Promise<string>;
  /** Looks whether an answer is Django's refusal of the token that the request carried. */
  readonly look: (request: DjangoRequest, response: DjangoResponse) => void;
  /** A login rotates the token. */
  readonly forget: () => void;
}

/** Django's refusal is a page; a REST API refuses permissions in JSON, with a token that is fine. */
const isCsrfRefusal = (request: DjangoRequest, response: DjangoResponse): boolean =>
  request.method !== 'GET' &&
  response.status === 403 &&
  (response.headers['content-type'] ?? '').startsWith('text/html');

export const createCsrfMemory = (): CsrfMemory => {
  let known: string | undefined;
  /** The cookie may be of another application on this host, or of a session that is gone. */
  let cookieRefused = false;
  return {
    token: async (visitor, jar, signal) => {
      known ??= cookieRefused ? undefined : jar.get(csrfCookie);
      known ??= await readCsrfToken(visitor, signal);
      return known;
    },
    look: (request, response) => {
      if (known === undefined || !isCsrfRefusal(request, response)) return;
      known = undefined;
      cookieRefused = true;
    },
    forget: () => {
      known = undefined;
      cookieRefused = false;
    },
  };
};

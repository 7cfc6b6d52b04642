import type { Caller } from '../django/caller.ts';
import type { DjangoClient } from '../django/client.ts';
import { parseSetCookie } from '../django/set-cookie.ts';
import { createCookieJar } from './cookie-jar.ts';
import { parseCookieHeader } from './cookie-text.ts';
import { createCsrfMemory } from './csrf-memory.ts';
import { fingerprintOf, lastingFingerprintOf } from './fingerprint.ts';
import { createGreetings } from './greeting.ts';
import { createKeyedMutex } from './mutex.ts';

/** What an HTTP client sent of its Django session. */
export interface IncomingSession {
  /** Its `Cookie` header; empty without one. */
  readonly cookie: string;
  /** Its CSRF header, if any. */
  readonly csrfToken?: string | undefined;
}

/** A caller that lives as long as one HTTP request, in the session of whoever made it. */
export interface CookieCaller extends Caller {
  /**
   * The `Set-Cookie` lines of Django's answers, verbatim and the last one of each name, to
   * be passed on: a session that rotated would be lost otherwise. Never `messages`.
   */
  readonly setCookieLines: () => readonly string[];
}

export interface CookieCallersOptions {
  readonly client: DjangoClient;
  /** What the user must do when the session is over, in one sentence. */
  readonly signInHint: string;
}

/** A maker of callers for one site; it shares the queue of writers of a session, and the user's name. */
export const createCookieCallers = ({
  client,
  signInHint,
}: CookieCallersOptions): ((incoming: IncomingSession) => CookieCaller) => {
  const exclusiveOf = createKeyedMutex();
  const greetings = createGreetings();
  return ({ cookie, csrfToken }) => {
    const { site } = client;
    const given = parseCookieHeader(cookie);
    const jar = createCookieJar(given);
    const csrf = createCsrfMemory();
    const passedOn = new Map<string, string>();
    // Of the cookies as they came: a rotation while the request runs is the same user still.
    const fingerprint = fingerprintOf(given);

    const send: Caller['send'] = async (request, signal) => {
      const response = await client.send(request, { cookie: jar.header(), signal });
      csrf.look(request, response);
      greetings.look(fingerprint, response);
      jar.keep(response.setCookieLines);
      for (const line of response.setCookieLines) {
        const name = parseSetCookie(line, Date.now())?.name;
        if (name !== undefined && name !== 'messages') passedOn.set(name, line);
      }
      return response;
    };

    return {
      site,
      send,
      hasSession: () => Promise.resolve(given.length > 0),
      csrfToken: (signal) =>
        csrfToken === undefined || csrfToken === ''
          ? csrf.token({ site, send, signInHint }, jar, signal)
          : Promise.resolve(csrfToken),
      renew: () => Promise.resolve(false),
      exclusive: exclusiveOf(fingerprint),
      fingerprint: (key) => (key === undefined ? fingerprint : lastingFingerprintOf(given, key)),
      userName: () => greetings.nameOf(fingerprint),
      signInHint,
      setCookieLines: () => [...passedOn.values()],
    };
  };
};

import type { Caller } from '../django/caller.ts';
import type { DjangoClient } from '../django/client.ts';
import type { DjangoRequest, DjangoResponse } from '../django/messages.ts';
import { isLoginRedirect } from '../django/redirects.ts';
import type { CookieSet } from '../django/set-cookie.ts';
import type { Site } from '../django/site.ts';
import { GatewayError } from '../operations/errors.ts';
import { createCookieJar } from './cookie-jar.ts';
import type { Credentials } from './credentials.ts';
import { createCsrfMemory } from './csrf-memory.ts';
import { fingerprintOf, lastingFingerprintOf } from './fingerprint.ts';
import { greetedIn } from './greeting.ts';
import { login } from './login.ts';
import { createMutex } from './mutex.ts';
import { createSingleFlight } from './single-flight.ts';
import type { SessionKey, SessionStore } from './store.ts';
import { createStoredPlace } from './stored-session.ts';
import { createVisitor } from './visitor.ts';
import { whoAmI } from './who-am-i.ts';

/** How long a new session is taken for the answer to calls that met the end of the one before. */
const freshSessionMs = 30_000;

export interface SessionCallerOptions {
  readonly client: DjangoClient;
  /** Cookies to begin with; the store is read only without them. */
  readonly cookies?: readonly CookieSet[] | undefined;
  /** Asked for when a login is needed, each time anew. */
  readonly credentials?: ((signal: AbortSignal) => Promise<Credentials>) | undefined;
  /** Where the session is taken from and kept. */
  readonly stored?: { readonly store: SessionStore; readonly key: SessionKey } | undefined;
  /** What the user must do when the session is over, in one sentence. */
  readonly signInHint: string;
  /** Told when a changed session could not be stored; the call goes on. */
  readonly warn?: ((error: unknown) => void) | undefined;
}

export interface SessionCaller extends Caller {
  /** Those of the session as it is now; whoever has them is that user. */
  readonly cookies: () => readonly CookieSet[];
  /** Drops the session here and in the store; Django's side ends with `logout`. */
  readonly forget: () => Promise<void>;
}

/** Django said no; asking again with the same words would only bring a lock nearer. */
const isRefusal = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && (error.reason === 'anonymous' || error.reason === 'forbidden');

/**
 * Whether the operator's own headers may be the login (`Authorization`, `X-Remote-User`):
 * then no cookie is needed. Those of a proxy say nothing about the user.
 */
const headersMayLogIn = (site: Site): boolean =>
  Object.keys(site.headers).some((name) => name !== 'host' && !name.startsWith('x-forwarded-'));

/**
 * The one caller of stdio and of `call`: a session of our own, from given cookies, from a
 * store, or by a login with credentials.
 *
 * `send` logs in by itself only where there is no session at all. That a session ended is
 * for the reader of an answer to see, who then calls `renew`: it takes a newer session from
 * the store, or logs in. Refused credentials are never sent a second time.
 */
export const createSessionCaller = ({
  client,
  cookies,
  credentials,
  stored,
  signInHint,
  warn = () => undefined,
}: SessionCallerOptions): SessionCaller => {
  const { site } = client;
  const jar = createCookieJar(cookies);
  const csrf = createCsrfMemory();
  const place = stored === undefined ? undefined : createStoredPlace(stored.store, stored.key);
  let userName: string | undefined;
  /** Counts the sessions of this caller, so that an answer to an old one touches no new one. */
  let generation = 0;
  let begunAt = 0;
  let deadGeneration = -1;
  let refusal: GatewayError | undefined;
  /** Nobody is logged in and nobody could be: what Django shows to strangers is no answer. */
  let orphaned = false;

  const begin = (fresh: readonly CookieSet[], user: string | undefined) => {
    generation += 1;
    begunAt = Date.now();
    jar.replace(fresh);
    csrf.forget();
    userName = user;
    refusal = undefined;
    orphaned = false;
  };

  const deliver = async (request: DjangoRequest, signal: AbortSignal): Promise<DjangoResponse> => {
    const sentIn = generation;
    const response = await client.send(request, { cookie: jar.header(), signal });
    const over = response.status === 401 || isLoginRedirect(site, response);
    if (over) deadGeneration = Math.max(deadGeneration, sentIn);
    if (sentIn !== generation) return response;
    csrf.look(request, response);
    if (!over) userName ??= greetedIn(response);
    const rotated = jar.keep(response.setCookieLines);
    if (rotated && !over) place?.update(jar.cookies(), userName).catch(warn);
    return response;
  };

  /** Another process, or the user with `login`, may have stored a newer session meanwhile. */
  const adopt = async (signal: AbortSignal): Promise<boolean> => {
    const found = await place?.loadNewer();
    if (found === undefined) return false;
    const other = createCookieJar(found.cookies);
    const { standing } = await whoAmI(createVisitor(client, other), signal);
    if (standing !== 'staff') return false;
    begin(other.cookies(), found.userName);
    return true;
  };

  const logIn = async (signal: AbortSignal): Promise<boolean> => {
    if (credentials === undefined) return false;
    if (refusal !== undefined) throw refusal;
    try {
      const session = await login(client, await credentials(signal), signal);
      begin(session.cookies, session.userName);
    } catch (error) {
      if (isRefusal(error)) refusal = error;
      throw error;
    }
    await place?.save(jar.cookies(), userName).catch(warn);
    return true;
  };

  /** One answer may have been wrong about the end of the session, as while Django restarts. */
  const isAlive = async (signal: AbortSignal): Promise<boolean> =>
    orphaned &&
    jar.cookies().length > 0 &&
    (await whoAmI({ site, send: deliver }, signal)).standing === 'staff';

  const renewTogether = createSingleFlight(async (signal) => {
    const renewed = (await adopt(signal)) || (await logIn(signal)) || (await isAlive(signal));
    orphaned = !renewed;
    return renewed;
  });

  const renew = async (signal: AbortSignal): Promise<boolean> => {
    const replaced = deadGeneration >= 0 && deadGeneration < generation;
    // The session was replaced while the answer that told its end was on the way.
    if (replaced && Date.now() - begunAt < freshSessionMs) return true;
    return renewTogether(signal);
  };

  let isOpen = false;
  const openTogether = createSingleFlight(async (signal) => {
    if (jar.cookies().length === 0) {
      const found = await place?.load();
      if (found !== undefined) begin(found.cookies, found.userName);
    }
    if (jar.cookies().length === 0) await logIn(signal);
    isOpen = true;
  });
  const opened = async (signal: AbortSignal): Promise<void> => {
    if (!isOpen) await openTogether(signal);
  };

  const isNobody = (): boolean =>
    !headersMayLogIn(site) && (orphaned || jar.cookies().length === 0);

  const send: Caller['send'] = async (request, signal) => {
    await opened(signal);
    if (isNobody())
      throw new GatewayError('anonymous', 'Nobody is logged in.', { hint: signInHint });
    return deliver(request, signal);
  };

  return {
    site,
    send,
    hasSession: async (signal) => {
      await opened(signal);
      return !isNobody();
    },
    csrfToken: async (signal) => {
      await opened(signal);
      return csrf.token({ site, send, signInHint }, jar, signal);
    },
    renew: async (signal) => {
      await opened(signal);
      return renew(signal);
    },
    exclusive: createMutex(),
    // The count keeps two sessions without cookies apart; other processes count differently.
    fingerprint: (key) =>
      key === undefined
        ? `${fingerprintOf(jar.cookies())}.${generation}`
        : lastingFingerprintOf(jar.cookies(), key),
    userName: () => userName,
    signInHint,
    cookies: jar.cookies,
    forget: async () => {
      begin([], undefined);
      await place?.remove();
    },
  };
};

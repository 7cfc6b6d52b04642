import type { CookieSet } from '../django/set-cookie.ts';
import { fingerprintOf } from './fingerprint.ts';
import { createMutex } from './mutex.ts';
import { type SessionKey, type SessionStore, type StoredSession, storedSession } from './store.ts';

/** One session in a store that other processes read and write too. */
export interface StoredPlace {
  readonly load: () => Promise<StoredSession | undefined>;
  /** What is stored when it is not what this process loaded or saved last. */
  readonly loadNewer: () => Promise<StoredSession | undefined>;
  /** After a login: this session is the one to have. */
  readonly save: (cookies: readonly CookieSet[], userName: string | undefined) => Promise<void>;
  /**
   * After a rotation: only where the store still has what this process put or found there.
   * A user who logged in or out meanwhile must not have it undone by a dying session.
   */
  readonly update: (cookies: readonly CookieSet[], userName: string | undefined) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export const createStoredPlace = (store: SessionStore, key: SessionKey): StoredPlace => {
  const inTurn = createMutex();
  /** Of the session that this process last saw in the store. */
  let seen: string | undefined;

  const read = async () => {
    const found = await store.load(key);
    return { found, print: found === undefined ? undefined : fingerprintOf(found.cookies) };
  };
  const write = async (cookies: readonly CookieSet[], userName: string | undefined) => {
    await store.save(key, storedSession(cookies, userName));
    seen = fingerprintOf(cookies);
  };

  return {
    load: () =>
      inTurn(async () => {
        const { found, print } = await read();
        seen = print;
        return found;
      }),
    loadNewer: () =>
      inTurn(async () => {
        const { found, print } = await read();
        return print === seen ? undefined : found;
      }),
    save: (cookies, userName) => inTurn(() => write(cookies, userName)),
    update: (cookies, userName) =>
      inTurn(async () => {
        const { print } = await read();
        if (print !== undefined && print === seen) await write(cookies, userName);
      }),
    remove: () =>
      inTurn(async () => {
        await store.remove(key);
        seen = undefined;
      }),
  };
};

import type { CookieSet } from '../django/set-cookie.ts';

/** Which session: one of one user on one site. */
export interface SessionKey {
  /** The admin index, as `site.adminUrl.href`. */
  readonly adminUrl: string;
  /** A name that the operator gives, such as `default` or a user name. */
  readonly profile: string;
}

export interface StoredSession {
  readonly cookies: readonly CookieSet[];
  readonly userName: string | undefined;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
}

/** Keeps sessions between runs. */
export interface SessionStore {
  /** @throws GatewayError `config` when what is there cannot be trusted or read */
  readonly load: (key: SessionKey) => Promise<StoredSession | undefined>;
  /** @throws GatewayError `config` when it cannot be written */
  readonly save: (key: SessionKey, session: StoredSession) => Promise<void>;
  /** True when there was one. */
  readonly remove: (key: SessionKey) => Promise<boolean>;
}

/** A session of this moment, for {@link SessionStore.save}. */
export const storedSession = (cookies: readonly CookieSet[], userName?: string): StoredSession => ({
  cookies,
  userName,
  savedAt: new Date().toISOString(),
});

/** Keeps sessions for the life of the process. */
export const memoryStore = (): SessionStore => {
  const sessions = new Map<string, StoredSession>();
  const nameOf = ({ adminUrl, profile }: SessionKey) => `${adminUrl} ${profile}`;
  return {
    load: async (key) => sessions.get(nameOf(key)),
    save: async (key, session) => {
      sessions.set(nameOf(key), session);
    },
    remove: async (key) => sessions.delete(nameOf(key)),
  };
};

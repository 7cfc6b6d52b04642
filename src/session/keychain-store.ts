import { GatewayError } from '../operations/errors.ts';
import type { SessionKey, SessionStore } from './store.ts';
import { parseStored, serialiseStored } from './stored-json.ts';

/** What we use of `@napi-rs/keyring`, which a user installs beside this package or not at all. */
export interface Keyring {
  readonly AsyncEntry: new (
    service: string,
    name: string,
    options?: { readonly linux: { readonly store: 'secret-service' } },
  ) => {
    readonly getPassword: () => Promise<string | null | undefined>;
    readonly setPassword: (text: string) => Promise<void>;
    readonly deletePassword: () => Promise<boolean>;
  };
}

const service = 'django-admin-mcp-api';

/** Not in one piece, so that no bundler and no compiler looks for it. */
const moduleName = ['@napi-rs', 'keyring'].join('/');

/** @throws GatewayError `config` where it is not installed */
export const loadKeyring = async (): Promise<Keyring> => {
  try {
    return (await import(moduleName)) as Keyring;
  } catch (cause) {
    throw new GatewayError('config', `The package ${moduleName} is not installed.`, {
      hint: `npm install --global ${moduleName} django-admin-mcp-api`,
      cause,
    });
  }
};

/**
 * Sessions in the keychain of the system, and in files where that fails: never without a word,
 * since a user who asked for the keychain believes that they are in it.
 *
 * @param warn told once why the files are used
 */
export const keychainStore = (
  files: SessionStore,
  warn: (message: string) => void,
  load: () => Promise<Keyring> = loadKeyring,
): SessionStore => {
  let keyring: Promise<Keyring> | undefined;
  let hasWarned = false;

  const entryFor = async (key: SessionKey) => {
    keyring ??= load();
    const { AsyncEntry } = await keyring;
    // Pinned: without Secret Service the library would take the kernel's keys, which vanish at
    // reboot and which another login session cannot read (2.1.2).
    const options = { linux: { store: 'secret-service' } } as const;
    return new AsyncEntry(service, `${key.adminUrl} ${key.profile}`, options);
  };

  const orFiles = async <T>(
    use: (entry: Awaited<ReturnType<typeof entryFor>>) => Promise<T>,
    instead: () => Promise<T>,
    key: SessionKey,
  ): Promise<T> => {
    try {
      return await use(await entryFor(key));
    } catch (error) {
      const why = error instanceof Error ? error.message : 'it cannot be used';
      if (!hasWarned)
        warn(`The keychain was not used (${why.replace(/\.$/, '')}); sessions are kept in files.`);
      hasWarned = true;
      return instead();
    }
  };

  return {
    load: async (key) => {
      const text = await orFiles(
        async (entry) => (await entry.getPassword()) ?? undefined,
        async () => undefined,
        key,
      );
      return text === undefined ? files.load(key) : parseStored(text, key, 'The keychain');
    },
    save: (key, session) =>
      orFiles(
        async (entry) => {
          await entry.setPassword(serialiseStored(key, session));
          // One from before must not be found when the keychain's has been removed.
          await files.remove(key);
        },
        () => files.save(key, session),
        key,
      ),
    remove: async (key) => {
      const removed = await orFiles(
        (entry) => entry.deletePassword(),
        async () => false,
        key,
      );
      return (await files.remove(key)) || removed;
    },
  };
};

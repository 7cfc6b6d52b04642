import { describe, expect, it } from 'vitest';
import { type Keyring, keychainStore, loadKeyring } from '../../../src/session/keychain-store.ts';
import { memoryStore, storedSession } from '../../../src/session/store.ts';

const key = { adminUrl: 'https://shop.example/admin/', profile: 'default' };
const session = storedSession([{ name: 'sessionid', value: 'a', expiresAt: undefined }], 'ana');

/** A keychain that keeps its secrets in memory, and can be locked. */
const inMemory = () => {
  const secrets = new Map<string, string>();
  const state = { isLocked: false, options: [] as unknown[] };
  const keyring: Keyring = {
    AsyncEntry: class {
      readonly #at: string;
      constructor(service: string, name: string, options?: unknown) {
        state.options.push(options);
        this.#at = `${service} ${name}`;
      }
      async #open(): Promise<Map<string, string>> {
        if (state.isLocked) throw new Error('the keychain is locked');
        return secrets;
      }
      getPassword = async () => (await this.#open()).get(this.#at) ?? null;
      setPassword = async (text: string) => void (await this.#open()).set(this.#at, text);
      deletePassword = async () => (await this.#open()).delete(this.#at);
    },
  };
  return { keyring, state, secrets };
};

const storeWith = (keyring: () => Promise<Keyring>) => {
  const files = memoryStore();
  const warnings: string[] = [];
  return { files, warnings, store: keychainStore(files, (text) => warnings.push(text), keyring) };
};

describe('sessions in a keychain', () => {
  it('are kept there and in no file', async () => {
    const { keyring, secrets, state } = inMemory();
    const { store, files, warnings } = storeWith(async () => keyring);
    await files.save(key, storedSession([], 'before'));
    await store.save(key, session);
    expect(await files.load(key)).toBeUndefined();
    expect([...secrets.keys()]).toEqual([
      'django-admin-mcp-api https://shop.example/admin/ default',
    ]);
    expect(await store.load(key)).toEqual(session);
    expect([await store.remove(key), await store.remove(key)]).toEqual([true, false]);
    expect(await store.load(key)).toBeUndefined();
    expect(warnings).toEqual([]);
    expect(state.options).toContainEqual({ linux: { store: 'secret-service' } });
  });

  it('are kept in files where the keychain fails, which is said once', async () => {
    const { keyring, state } = inMemory();
    state.isLocked = true;
    const { store, files, warnings } = storeWith(async () => keyring);
    await store.save(key, session);
    expect(await files.load(key)).toEqual(session);
    expect(await store.load(key)).toEqual(session);
    expect(await store.remove(key)).toBe(true);
    expect(warnings).toEqual([
      'The keychain was not used (the keychain is locked); sessions are kept in files.',
    ]);
  });

  it('need a package that is not part of this one', async () => {
    await expect(loadKeyring()).rejects.toMatchObject({
      message: 'The package @napi-rs/keyring is not installed.',
    });
  });
});

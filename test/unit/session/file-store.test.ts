import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultStoreDir, fileStore } from '../../../src/session/file-store.ts';
import { memoryStore, type SessionStore, type StoredSession } from '../../../src/session/store.ts';
import { createStoredPlace } from '../../../src/session/stored-session.ts';

const key = { adminUrl: 'https://shop.example.org/admin/', profile: 'default' };
const session = (value: string): StoredSession => ({
  cookies: [{ name: 'sessionid', value, expiresAt: Date.UTC(2100, 0, 1) }],
  userName: 'ann',
  savedAt: '2026-01-01T00:00:00.000Z',
});

const temporaryDir = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'session-store-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
};

const onlyFile = async (dir: string): Promise<string> => {
  const [name, ...others] = await readdir(dir);
  expect(others).toEqual([]);
  return join(dir, name ?? '');
};

describe.each<[string, () => Promise<SessionStore>]>([
  ['memory', async () => memoryStore()],
  ['file', async () => fileStore(join(await temporaryDir(), 'sessions'))],
])('the %s store', (_name, open) => {
  it('gives back what it was given, for that site and profile only', async () => {
    const store = await open();
    expect(await store.load(key)).toBeUndefined();
    await store.save(key, session('a'));
    expect(await store.load(key)).toEqual(session('a'));
    for (const other of [
      { ...key, profile: 'ann' },
      { ...key, adminUrl: 'https://shop.example.org/backoffice/' },
    ])
      expect(await store.load(other)).toBeUndefined();
    expect(await store.remove(key)).toBe(true);
    expect(await store.remove(key)).toBe(false);
    expect(await store.load(key)).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('the file store', () => {
  it('writes for its user alone', async () => {
    const dir = join(await temporaryDir(), 'a', 'sessions');
    await fileStore(dir).save(key, session('a'));
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    const file = await onlyFile(dir);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(file).toMatch(/shop\.example\.org-[0-9a-f]{24}\.json$/);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 1, ...key });
  });

  it('refuses a file or folder that others could read', async () => {
    const dir = await temporaryDir();
    const store = fileStore(dir);
    await store.save(key, session('a'));
    const file = await onlyFile(dir);
    await chmod(file, 0o640);
    await expect(store.load(key)).rejects.toMatchObject({
      reason: 'config',
      message: expect.stringContaining('can be read or changed by other users'),
      hint: expect.stringContaining(`chmod 600 "${file}"`),
    });
    await chmod(file, 0o600);
    await chmod(dir, 0o755);
    await expect(store.save(key, session('b'))).rejects.toMatchObject({
      reason: 'config',
      hint: expect.stringContaining('chmod 700'),
    });
  });

  it.runIf(process.getuid?.() === 0)('refuses a file of another user', async () => {
    const dir = await temporaryDir();
    const store = fileStore(dir);
    await store.save(key, session('a'));
    await chown(await onlyFile(dir), 12345, 12345);
    await expect(store.load(key)).rejects.toMatchObject({
      reason: 'config',
      message: expect.stringContaining('belongs to another user'),
    });
  });

  it('follows no symbolic link', async () => {
    const dir = await temporaryDir();
    const store = fileStore(dir);
    await store.save(key, session('a'));
    const file = await onlyFile(dir);
    const elsewhere = join(await temporaryDir(), 'other.json');
    await writeFile(elsewhere, await readFile(file), { mode: 0o600 });
    await rm(file);
    await symlink(elsewhere, file);
    await expect(store.load(key)).rejects.toMatchObject({ reason: 'config' });
    await store.save(key, session('b'));
    expect(await readFile(elsewhere, 'utf8')).toContain('"a"');
    expect(await store.load(key)).toEqual(session('b'));
  });

  it.each([
    '',
    '{}',
    '[]',
    'null',
    '{"version": 2, "cookies": []}',
    '{"version": 1, "cookies": "x"}',
  ])('refuses what is no session: %s', async (text) => {
    const dir = await temporaryDir();
    const store = fileStore(dir);
    await store.save(key, session('a'));
    await writeFile(await onlyFile(dir), text);
    await expect(store.load(key)).rejects.toMatchObject({ reason: 'config' });
  });

  it('refuses a session that was copied from another site', async () => {
    const dir = await temporaryDir();
    const store = fileStore(dir);
    await store.save({ ...key, adminUrl: 'https://evil.example/admin/' }, session('evil'));
    const copied = await readFile(await onlyFile(dir));
    await store.save(key, session('a'));
    const ours = (await readdir(dir)).find((name) => name.startsWith('shop')) ?? '';
    await writeFile(join(dir, ours), copied);
    await expect(store.load(key)).rejects.toMatchObject({
      message: expect.stringContaining('another site or profile'),
    });
  });

  it('says so when it cannot be written', async () => {
    const dir = await temporaryDir();
    await writeFile(join(dir, 'file'), '');
    const store = fileStore(join(dir, 'file', 'sessions'));
    await expect(store.save(key, session('a'))).rejects.toMatchObject({ reason: 'config' });
  });

  it('keeps one whole session when several write at once', async () => {
    const dir = join(await temporaryDir(), 'sessions');
    await mkdir(dir, { mode: 0o700 });
    const store = fileStore(dir);
    await store.save(key, session('start'));
    const writers = ['a', 'b', 'c'].map(async (name) => {
      for (let round = 0; round < 50; round += 1)
        await fileStore(dir).save(key, { ...session(name.repeat(2000)), userName: name });
    });
    const reader = (async () => {
      for (let round = 0; round < 50; round += 1) {
        const found = await store.load(key);
        expect(new Set(found?.cookies[0]?.value)).toHaveProperty(
          'size',
          found?.userName === 'ann' ? 4 : 1,
        );
      }
    })();
    await Promise.all([...writers, reader]);
    await onlyFile(dir);
  });

  it('lives where the platform keeps such things', () => {
    expect(defaultStoreDir({ XDG_STATE_HOME: '/state' }, 'linux')).toBe(
      '/state/django-admin-mcp-api/sessions',
    );
    expect(defaultStoreDir({}, 'darwin')).toMatch(
      /\.local\/state\/django-admin-mcp-api\/sessions$/,
    );
    expect(defaultStoreDir({ LOCALAPPDATA: '/AppData' }, 'win32')).toContain('AppData');
  });
});

describe('a place in a store', () => {
  const cookies = (value: string) => [{ name: 'sessionid', value, expiresAt: undefined }];
  const valueIn = async (store: SessionStore) => (await store.load(key))?.cookies[0]?.value;

  it('is updated after a rotation, but not over a newer login or a logout', async () => {
    const store = memoryStore();
    const place = createStoredPlace(store, key);
    await place.save(cookies('mine'), 'ann');
    await place.update(cookies('rotated'), 'ann');
    expect(await valueIn(store)).toBe('rotated');

    await store.save(key, session('newer'));
    await place.update(cookies('dying'), 'ann');
    expect(await valueIn(store)).toBe('newer');
    expect((await place.loadNewer())?.cookies[0]?.value).toBe('newer');

    await place.load();
    expect(await place.loadNewer()).toBeUndefined();
    await store.remove(key);
    await place.update(cookies('dying'), 'ann');
    expect(await valueIn(store)).toBeUndefined();
  });
});

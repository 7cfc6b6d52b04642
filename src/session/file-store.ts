import { createHash, randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { GatewayError } from '../operations/errors.ts';
import { codeOf, exposureOf } from '../own-file.ts';
import type { SessionKey, SessionStore } from './store.ts';
import { parseStored, serialiseStored } from './stored-json.ts';

/** Sessions are a few hundred bytes; signed-cookie sessions reach 4 KB. */
const maxFileBytes = 256 * 1024;

/** Where sessions are kept unless the operator says otherwise. */
export const defaultStoreDir = (
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string => {
  const home = homedir();
  const base =
    platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'))
      : env['XDG_STATE_HOME'] || join(home, '.local', 'state');
  return join(base, 'django-admin-mcp-api', 'sessions');
};

/** Readable, for whoever looks into the folder, and unique. */
const fileName = ({ adminUrl, profile }: SessionKey): string => {
  const digest = createHash('sha256').update(`${adminUrl}\n${profile}`).digest('hex').slice(0, 24);
  const host = new URL(adminUrl).host.replaceAll(/[^a-z0-9.-]/gi, '_').slice(0, 60);
  return `${host}-${digest}.json`;
};

const assertOwn = (path: string, stats: Stats, mode: string): void => {
  const exposure = exposureOf(stats);
  if (exposure === 'owner')
    throw new GatewayError('config', `${path} belongs to another user.`, {
      hint: 'A session is as good as a password: remove it, or use another folder.',
    });
  if (exposure === 'mode')
    throw new GatewayError('config', `${path} can be read or changed by other users.`, {
      hint: `A session is as good as a password: chmod ${mode} "${path}", and log out if others could read it.`,
    });
};

const failed = (what: string, path: string, cause: unknown): GatewayError =>
  cause instanceof GatewayError
    ? cause
    : new GatewayError('config', `${path} could not be ${what} (${String(codeOf(cause))}).`, {
        hint: 'Check the folder of the session store and its permissions.',
        cause,
      });

const readOwn = async (path: string): Promise<string | undefined> => {
  // No symbolic links: one could lead the write or the check elsewhere.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, flags).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const stats = await file.stat();
    assertOwn(path, stats, '600');
    if (!stats.isFile() || stats.size > maxFileBytes)
      throw new GatewayError('config', `${path} is not a session file.`, { hint: 'Remove it.' });
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
};

const makeOwnDir = async (dir: string): Promise<void> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const stats = await lstat(dir);
  if (!stats.isDirectory())
    throw new GatewayError('config', `${dir} is not a folder.`, { hint: 'Remove it.' });
  assertOwn(dir, stats, '700');
};

/** Whole or not at all, so that two processes at once leave one of the two sessions. */
const writeOwn = async (dir: string, path: string, text: string): Promise<void> => {
  await makeOwnDir(dir);
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/**
 * Sessions as files of mode 0600, one each, in a folder of mode 0700. Files and folders
 * that other users own, or could read, are refused and not repaired.
 */
export const fileStore = (dir: string = defaultStoreDir()): SessionStore => {
  const pathOf = (key: SessionKey) => join(dir, fileName(key));
  return {
    load: async (key) => {
      const path = pathOf(key);
      try {
        const text = await readOwn(path);
        return text === undefined ? undefined : parseStored(text, key, path);
      } catch (error) {
        throw failed('read', path, error);
      }
    },
    save: async (key, session) => {
      const path = pathOf(key);
      try {
        await writeOwn(dir, path, serialiseStored(key, session));
      } catch (error) {
        throw failed('written', path, error);
      }
    },
    remove: async (key) => {
      const path = pathOf(key);
      try {
        await rm(path);
        return true;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false;
        throw failed('removed', path, error);
      }
    },
  };
};

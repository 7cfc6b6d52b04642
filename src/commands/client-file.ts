import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GatewayError } from '../operations/errors.ts';

/** Clients keep histories in theirs, but none is a data store. */
const maxFileBytes = 32 * 1024 * 1024;

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/**
 * The text of a client's file; undefined where there is none.
 *
 * @throws GatewayError `config`
 */
export const readClientFile = async (path: string): Promise<string | undefined> => {
  try {
    const { size } = await stat(path);
    if (size > maxFileBytes)
      throw new GatewayError('config', `${path} is too large to be a configuration file.`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    if (cause instanceof GatewayError) throw cause;
    throw new GatewayError('config', `${path} cannot be read (${String(codeOf(cause))}).`, {
      cause,
    });
  }
};

const stamp = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(':', '-');

/**
 * Writes a client's file whole or not at all, and leaves a copy of what was there. Links are
 * followed, since people keep such files in a repository of their own; the mode stays.
 *
 * @returns the path of the copy, if there was anything to copy
 * @throws GatewayError `config`
 */
export const writeClientFile = async (
  path: string,
  text: string,
  now = new Date(),
): Promise<string | undefined> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    const target = await realpath(path).catch(() => path);
    const before = await stat(target).catch(() => undefined);
    const backup = before === undefined ? undefined : `${target}.${stamp(now)}.bak`;
    if (backup !== undefined) await copyFile(target, backup);
    const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      // 0600 for a new one: such files often come to hold the secrets of other servers.
      await writeFile(draft, text, { mode: before === undefined ? 0o600 : before.mode & 0o777 });
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return backup;
  } catch (cause) {
    throw new GatewayError('config', `${path} cannot be written (${String(codeOf(cause))}).`, {
      hint: 'Put in by hand what --print shows.',
      cause,
    });
  }
};

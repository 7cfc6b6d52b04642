/**
 * One builder at a time across processes: a folder, because making one is atomic on every
 * file system. A crashed holder's lock is recognised and taken over.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const beatMs = 5_000;
const pollMs = 100;
/** A holder elsewhere (a shared disk) is only known by its beat. */
const silentMs = 60_000;
/** A live pid here may still be another program's, after a reboot. */
const longSilentMs = 10 * 60_000;
/** Between making the folder and writing the owner lie microseconds. */
const ownerlessMs = 10_000;
const waitMs = 20 * 60_000;

/** @param {number} pid */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
};

/**
 * @param {string} folder
 * @returns {Promise<{ pid: number, host: string, token: string } | undefined>}
 */
const readOwner = async (folder) => {
  try {
    return JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'));
  } catch {
    return undefined;
  }
};

/** @param {string} folder */
const silenceMs = async (folder) => {
  try {
    return Date.now() - (await stat(folder)).mtimeMs;
  } catch {
    return 0; // Released meanwhile: nothing to take over.
  }
};

/** @param {string} folder */
const isStale = async (folder) => {
  const silent = await silenceMs(folder);
  const owner = await readOwner(folder);
  if (owner === undefined) return silent > ownerlessMs;
  if (owner.host !== hostname()) return silent > silentMs;
  return !isAlive(owner.pid) || silent > longSilentMs;
};

/**
 * Makes the folder or says that somebody else has. Two waiters may see the same stale
 * lock; the second folder lets only one of them look again and remove it, so that neither
 * removes the lock that the other has just made.
 *
 * @param {string} folder
 */
const tryMake = async (folder) => {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  if (!(await isStale(folder))) return false;
  const takeover = `${folder}.takeover`;
  try {
    await mkdir(takeover);
  } catch {
    if ((await silenceMs(takeover)) > ownerlessMs)
      await rm(takeover, { recursive: true, force: true });
    return false;
  }
  try {
    if (await isStale(folder)) await rm(folder, { recursive: true, force: true });
  } finally {
    await rm(takeover, { recursive: true, force: true });
  }
  return false;
};

/**
 * @template T
 * @param {string} folder the lock; its parent is made when missing
 * @param {() => Promise<T>} work
 * @param {(message: string) => void} [log]
 * @returns {Promise<T>}
 */
export const withLock = async (folder, work, log = () => {}) => {
  await mkdir(dirname(folder), { recursive: true });
  const deadline = Date.now() + waitMs;
  let told = false;
  while (!(await tryMake(folder))) {
    const owner = await readOwner(folder);
    if (Date.now() > deadline) {
      throw new Error(
        `Waited ${waitMs / 60_000} minutes for process ${owner?.pid ?? '?'}, which holds ${folder}. ` +
          'If nothing is being set up, remove that folder and try again.',
      );
    }
    if (!told && owner && owner.pid !== process.pid) {
      told = true;
      log(`Waiting for process ${owner.pid}, which is making the same thing.`);
    }
    await sleep(pollMs);
  }
  const token = randomUUID();
  await writeFile(
    join(folder, 'owner.json'),
    JSON.stringify({ pid: process.pid, host: hostname(), token }),
  );
  const beat = setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(() => {});
  }, beatMs);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    // Not ours any more if we slept (a laptop's lid) long enough to be taken for dead.
    if ((await readOwner(folder))?.token === token)
      await rm(folder, { recursive: true, force: true });
  }
};

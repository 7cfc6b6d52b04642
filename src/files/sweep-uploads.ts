import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '../operations/errors.ts';
import { exposureOf } from '../own-file.ts';
import { ticketSeconds } from './tickets.ts';

/** Clocks of machines that share the folder may differ: nothing is swept before twice its time. */
const sweptAfterMs = 2 * ticketSeconds * 1000;

/** What an upload, its claim, and one that is just being sent are called; nothing else is touched. */
const ourName = /^[0-9a-f]{64}(?:\.claim|\.[0-9a-f]{12}\.part)?$/;

/** @throws GatewayError `config` where others could read or change what lies in it */
export const makeUploadDir = async (dir: string): Promise<void> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const stats = await lstat(dir);
  if (!stats.isDirectory() || exposureOf(stats) !== undefined)
    throw new GatewayError('config', 'The folder for uploads is open to other users.', {
      hint: 'The operator has to make UPLOAD_DIR a folder of the gateway’s own user, with mode 0700.',
    });
};

/** Removes uploads that have expired, and says how many bytes of others are left. */
export const sweepUploads = async (dir: string, now: number): Promise<number> => {
  let waiting = 0;
  for (const name of (await readdir(dir)).filter((each) => ourName.test(each))) {
    const path = join(dir, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats === undefined) continue;
    if (stats.mtimeMs + sweptAfterMs < now) await rm(path, { force: true });
    else waiting += stats.size;
  }
  return waiting;
};

import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '../operations/errors.ts';
import { codeOf } from '../own-file.ts';
import { type Arrived, receiveBytes } from './receive-bytes.ts';
import { makeUploadDir, sweepUploads } from './sweep-uploads.ts';

/** How many of the largest uploads may wait at once: a caller must not be able to fill the disk. */
const maxWaiting = 32;

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
const createNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;

/** An upload that this process alone may use. */
export interface Claim {
  readonly bytes: Uint8Array;
  /** Others may use it again. */
  readonly release: () => Promise<void>;
  /** Nobody may any more. */
  readonly spend: () => Promise<void>;
}

export interface UploadFolder {
  /**
   * Keeps what a stream brings, unless `check` throws.
   *
   * @throws GatewayError `too_large`, `conflict` for a second one, `config`; and what `check` throws
   */
  readonly put: (
    ticket: string,
    body: AsyncIterable<Uint8Array>,
    maxBytes: number,
    check: (arrived: Arrived) => void,
  ) => Promise<Arrived>;
  /** `absent`: nothing was sent. `taken`: used, or in use by another call. */
  readonly claim: (ticket: string) => Promise<Claim | 'absent' | 'taken'>;
  /** The bytes, left for the call that will use them. */
  readonly peek: (ticket: string) => Promise<Uint8Array | 'absent' | 'taken'>;
}

/** The same on every replica, and of no use to whoever lists the folder. */
const nameOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');

const claimOf = (path: string): string => `${path}.claim`;

const failed = (dir: string, cause: unknown): GatewayError =>
  new GatewayError('config', `The folder for uploads cannot be used (${String(codeOf(cause))}).`, {
    hint: 'The operator has to look at UPLOAD_DIR: it must be writable, and take hard links.',
    cause: new Error(dir, { cause }),
  });

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const alreadySent = (): GatewayError =>
  new GatewayError('conflict', 'A file was sent to this address already.', {
    hint: 'Ask for another upload to send another file.',
  });

/** Undefined where there is nothing to read. */
const readUpload = async (path: string): Promise<Uint8Array | undefined> => {
  const file = await open(path, O_RDONLY | O_NOFOLLOW).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
};

/**
 * Uploads as files of mode 0600, in a folder of mode 0700 that replicas may share. Whoever
 * makes the `.claim` beside an upload may use it; both stay, the upload emptied, until the
 * ticket is long over, so that neither sending nor using it works twice.
 */
export const createUploadFolder = (
  dir: string,
  maxUploadBytes: number,
  now: () => number = Date.now,
): UploadFolder => {
  const ours = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw typeof codeOf(error) === 'string' ? failed(dir, error) : error;
    }
  };

  const put: UploadFolder['put'] = async (ticket, body, maxBytes, check) => {
    const path = join(dir, nameOf(ticket));
    await makeUploadDir(dir);
    const waiting = await sweepUploads(dir, now());
    if (waiting + maxBytes > maxWaiting * maxUploadBytes)
      throw new GatewayError('too_large', 'Too many uploads are waiting to be used.', {
        hint: 'Use those that were sent, or wait: each is dropped after an hour.',
      });
    if (await exists(path)) throw alreadySent();
    const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
    const file = await open(draft, createNew, 0o600);
    try {
      const arrived = await receiveBytes(file, body, maxBytes).finally(() => file.close());
      check(arrived);
      // A link is there whole or not at all, and never replaces anything.
      await link(draft, path).catch((error: unknown) => {
        throw codeOf(error) === 'EEXIST' ? alreadySent() : error;
      });
      return arrived;
    } finally {
      await rm(draft, { force: true });
    }
  };

  const peek: UploadFolder['peek'] = async (ticket) => {
    const path = join(dir, nameOf(ticket));
    const bytes = await readUpload(path);
    if (bytes === undefined) return 'absent';
    return (await exists(claimOf(path))) ? 'taken' : bytes;
  };

  const claim: UploadFolder['claim'] = async (ticket) => {
    const path = join(dir, nameOf(ticket));
    if (!(await exists(path))) return 'absent';
    try {
      await (await open(claimOf(path), createNew, 0o600)).close();
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return 'taken';
      throw error;
    }
    const release = () => rm(claimOf(path), { force: true });
    try {
      const bytes = await readUpload(path);
      if (bytes !== undefined) return { bytes, release, spend: () => truncate(path, 0) };
      await release();
      return 'absent';
    } catch (error) {
      await release();
      throw error;
    }
  };

  return {
    put: (...given) => ours(() => put(...given)),
    claim: (ticket) => ours(() => claim(ticket)),
    peek: (ticket) => ours(() => peek(ticket)),
  };
};

import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { isFileName } from '../operations/file-name.ts';
import type { GivenFile, RefusedFile } from '../operations/file-value.ts';
import { mediaTypeOf, unknownMediaType } from '../operations/media-types.ts';
import { codeOf } from '../own-file.ts';

/**
 * The one answer for all that is not there, not a file, or outside: what lies outside of the
 * folder is nobody's business.
 */
const noSuchFile: RefusedFile = {
  refused: 'There is no such file inside the folder that files may be taken from (UPLOAD_ROOT).',
};

const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/**
 * Neither following a link at the end, nor waiting for a writer of a pipe. Windows knows
 * neither, and has no pipes in folders.
 */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What an open file really is, where the system tells: a folder on its way may have been swapped. */
const placeOf = (file: FileHandle): Promise<string | undefined> =>
  process.platform === 'linux' ? realpath(`/proc/self/fd/${file.fd}`) : Promise.resolve(undefined);

/** Reads a regular file that has not grown beyond what was measured. */
const readWhole = async (file: FileHandle, size: number): Promise<Uint8Array | undefined> => {
  // One byte more, so that growth shows.
  const bytes = Buffer.allocUnsafe(size + 1);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled === size ? bytes.subarray(0, size) : undefined;
};

const readOpen = async (
  file: FileHandle,
  root: string,
  real: string,
  maxBytes: number,
): Promise<Uint8Array | RefusedFile> => {
  // Of the descriptor that is read, so that nothing can be put in its place in between.
  const stats = await file.stat();
  if (!stats.isFile()) return noSuchFile;
  const place = await placeOf(file);
  if (place !== undefined && !isInside(root, place)) return noSuchFile;
  const now = await lstat(real);
  if (now.ino !== stats.ino || now.dev !== stats.dev) return noSuchFile;
  if (stats.size > maxBytes) return { refused: `Give a file of at most ${maxBytes} bytes.` };
  return (await readWhole(file, stats.size)) ?? { refused: 'The file changed while it was read.' };
};

/**
 * Reads a file inside a folder; `path` is absolute, or relative to the folder. Links may lead
 * anywhere inside, and nowhere else.
 */
export const readLocalFile = async (
  uploadRoot: string,
  path: string,
  givenName: string | undefined,
  maxBytes: number,
): Promise<GivenFile | RefusedFile> => {
  try {
    const root = await realpath(uploadRoot);
    // An absolute path may go through a link to the folder, as /tmp is one on macOS.
    const wanted = isInside(resolve(uploadRoot), resolve(uploadRoot, path))
      ? resolve(root, relative(resolve(uploadRoot), resolve(uploadRoot, path)))
      : resolve(root, path);
    if (path.includes('\0') || !isInside(root, wanted)) return noSuchFile;
    const real = await realpath(wanted);
    // Opening a device can already do something.
    if (!isInside(root, real) || !(await lstat(real)).isFile()) return noSuchFile;
    const file = await open(real, openFlags);
    try {
      const bytes = await readOpen(file, root, real, maxBytes);
      if ('refused' in bytes) return bytes;
      const name = givenName ?? basename(wanted);
      if (!isFileName(name)) return { refused: 'Give a "name": the one on disk cannot be sent.' };
      return { name, mediaType: mediaTypeOf(name) ?? unknownMediaType, bytes };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM')
      return { refused: 'The gateway may not read this file.' };
    if (typeof codeOf(error) === 'string') return noSuchFile;
    throw error;
  }
};

import { constants } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { numberedFileName } from '../operations/file-name.ts';
import { codeOf } from '../own-file.ts';

/** Most files of one name in the folder; the next one is refused rather than searched for. */
const maxOfOneName = 1000;

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;

/**
 * Writes a file into a folder under a name of its own, readable by this user alone, and never
 * over another.
 *
 * @param name clean: {@link import('../operations/file-name.ts').cleanFileName}
 * @returns the absolute path
 * @throws Error of the system
 */
export const saveDownload = async (
  dir: string,
  name: string,
  bytes: Uint8Array,
): Promise<string> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (let count = 1; count <= maxOfOneName; count++) {
    const path = join(resolve(dir), numberedFileName(name, count));
    try {
      const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      try {
        await file.writeFile(bytes);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await file.close();
      }
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  throw Object.assign(new Error('Too many files of one name.'), { code: 'EEXIST' });
};

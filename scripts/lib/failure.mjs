/**
 * Remembers for a while that something could not be installed, so that every test worker
 * does not wait for the same network again.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const believedMs = 15 * 60_000;

/**
 * @param {string} file
 * @param {string} digest of what was to be installed
 * @returns {Promise<string>} why it failed; empty when it did not, or long ago
 */
export const recentFailure = async (file, digest) => {
  try {
    const { why, at, of } = JSON.parse(await readFile(file, 'utf8'));
    return of === digest && Date.now() - at < believedMs ? why : '';
  } catch {
    return '';
  }
};

/**
 * @param {string} file
 * @param {string} digest
 * @param {string} why empty to forget an earlier failure
 */
export const rememberFailure = async (file, digest, why) => {
  await rm(file, { force: true });
  if (why === '') return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ why, at: Date.now(), of: digest }));
};

import type { Stats } from 'node:fs';

/** The code of a system's error, such as `ENOENT`. */
export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/**
 * What keeps a file or folder from being this user's alone. POSIX only: Windows has no modes,
 * and keeps a user's folders to the user by itself.
 */
export const exposureOf = ({ uid, mode }: Stats): 'owner' | 'mode' | undefined => {
  if (process.getuid === undefined) return undefined;
  if (uid !== process.getuid()) return 'owner';
  return (mode & 0o077) === 0 ? undefined : 'mode';
};

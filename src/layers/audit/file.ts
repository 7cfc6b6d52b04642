import { closeSync, constants, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import { GatewayError } from '../../operations/errors.ts';

/** A file that only grows. */
export interface AppendFile {
  /** Writes one line, at once and as a whole. Throws where it cannot. */
  readonly append: (line: string) => void;
}

const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
/** For its owner alone; a file that is there keeps the mode that it was given. */
const mode = 0o600;

const notUsable = (path: string, cause?: unknown): GatewayError =>
  new GatewayError('config', `The audit file ${path} cannot be appended to.`, {
    hint: 'Name a file in a folder that this user may write to with AUDIT_FILE, or leave it out.',
    cause,
  });

interface Open {
  readonly fd: number;
  readonly inode: bigint;
  readonly device: bigint;
}

const open = (path: string): Open => {
  const fd = openSync(path, flags | constants.O_NONBLOCK, mode);
  const { ino: inode, dev: device } = fstatSync(fd, { bigint: true });
  return { fd, inode, device };
};

/**
 * Lines are written with O_APPEND, each by one call, so that several processes can share the
 * file. After a rotation (another file, or none, under the name) the next line opens it anew.
 *
 * @throws GatewayError `config` where it cannot be opened, or is no plain file
 */
export const openAppendFile = (path: string): AppendFile => {
  let current: Open;
  /** A line was cut off, by a full disk: the next one must not go on in it. */
  let torn = false;
  try {
    current = open(path);
  } catch (cause) {
    throw notUsable(path, cause);
  }
  if (!fstatSync(current.fd).isFile()) {
    closeSync(current.fd);
    throw notUsable(path);
  }

  const isRotated = (): boolean => {
    const now = statSync(path, { bigint: true, throwIfNoEntry: false });
    return now === undefined || now.ino !== current.inode || now.dev !== current.device;
  };

  return {
    append: (line) => {
      if (isRotated()) {
        const next = open(path);
        closeSync(current.fd);
        current = next;
        torn = false;
      }
      const bytes = Buffer.from(`${torn ? '\n' : ''}${line}\n`);
      const written = writeSync(current.fd, bytes);
      torn = written !== bytes.length;
      if (torn) throw new Error('The audit file took only a part of a line.');
    },
  };
};

import type { OptionSpec } from '../option-spec.ts';
import { mebibyte } from './units.ts';

/** Where files come from and go to. */
export const filesOptions = {
  UPLOAD_ROOT: {
    kind: 'text',
    flag: 'upload-root',
    value: 'DIR',
    default: null,
    group: 'Files',
    help: 'stdio: the only folder that {"file": {"path"}} may name files in.',
  },
  UPLOAD_DIR: {
    kind: 'text',
    flag: 'upload-dir',
    value: 'DIR',
    default: null,
    group: 'Files',
    help: 'serve: where uploads wait until a call takes them; replicas may share it.',
  },
  MAX_UPLOAD_BYTES: {
    kind: 'integer',
    min: 1024,
    max: 1024 * mebibyte,
    flag: 'max-upload-bytes',
    value: 'BYTES',
    default: 10 * mebibyte,
    group: 'Files',
    help: 'Largest file that is taken.',
  },
  UPLOAD_TYPES: {
    kind: 'list',
    flag: 'upload-types',
    value: 'TYPES',
    default: [],
    group: 'Files',
    help: 'The only media types that are taken, such as image/*,application/pdf. Empty: all that the form takes.',
  },
  DOWNLOAD_DIR: {
    kind: 'text',
    flag: 'download-dir',
    value: 'DIR',
    default: null,
    group: 'Files',
    help: 'stdio: where files that the admin sends are put. Default: they come in the answer.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

import type { Settings } from './config/options.ts';
import type { FilePlace } from './files/fetch-file.ts';
import type { FileRules } from './files/rules.ts';
import { createTickets } from './files/tickets.ts';
import { createUploadFolder } from './files/upload-folder.ts';
import { createUploads, type Uploads } from './files/uploads.ts';
import type { SigningKey } from './signing.ts';

export const fileRulesOf = ({ MAX_UPLOAD_BYTES, UPLOAD_TYPES }: Settings): FileRules => ({
  maxBytes: MAX_UPLOAD_BYTES,
  types: UPLOAD_TYPES,
});

/** For `stdio` and `call`: folders of the user's own machine. */
export const localPlace = ({ UPLOAD_ROOT, DOWNLOAD_DIR }: Settings): FilePlace => ({
  kind: 'local',
  uploadRoot: UPLOAD_ROOT,
  downloadDir: DOWNLOAD_DIR,
});

/** For `serve`: what clients send; undefined without a folder for it, or where nothing is written. */
export const uploadsOf = (settings: Settings, key: SigningKey): Uploads | undefined => {
  const { UPLOAD_DIR, READ_ONLY, MAX_UPLOAD_BYTES } = settings;
  return UPLOAD_DIR === null || READ_ONLY
    ? undefined
    : createUploads(
        createTickets(key),
        createUploadFolder(UPLOAD_DIR, MAX_UPLOAD_BYTES),
        fileRulesOf(settings),
      );
};

import {
  asPromised,
  type FilePromise,
  type FileSource,
  fileOfContent,
  type GivenFile,
  type RefusedFile,
} from '../operations/file-value.ts';
import { readLocalFile } from './local-file.ts';
import { brokenRule, type FileRules } from './rules.ts';
import type { TicketOwner } from './tickets.ts';
import type { ClaimedFile, Uploads } from './uploads.ts';

/** Where files may come from and go to; over HTTP never this machine's folders. */
export type FilePlace =
  | {
      readonly kind: 'local';
      readonly uploadRoot: string | null;
      readonly downloadDir: string | null;
    }
  | {
      readonly kind: 'served';
      readonly uploads: Uploads | undefined;
      /** Path that uploads are sent below: `/mcp/uploads/`. */
      readonly uploadsPath: string;
    };

/** A file with what has to be told to its upload when the call is over. */
export interface FetchedFile extends Partial<Omit<ClaimedFile, 'file'>> {
  readonly file: GivenFile | RefusedFile;
}

const refused = (sentence: string): FetchedFile => ({ file: { refused: sentence } });

const needsRoot =
  'Files by path are switched off. The user has to start the gateway with --upload-root FOLDER, and the file has to be in it.';
const notOverHttp =
  'A path means nothing over HTTP. Give {"file": {"name": "a.txt"}} to get an address to send the file to, or its content_base64.';
const needsUploads =
  'This gateway takes no uploads: its operator has to set UPLOAD_DIR (--upload-dir). Small files can be given as content_base64.';
const onlyServed =
  'Uploads are for HTTP. Give the file as {"file": {"path": "…"}} or with its content_base64.';

/** What a value that still has no source is told, where its file can be sent. */
export const sendFirst = 'Send the file first: see uploads.';

const fetchPath = async (
  place: FilePlace,
  { path, name, mediaType }: Extract<FileSource, { kind: 'path' }>,
  { maxBytes }: FileRules,
): Promise<FetchedFile> => {
  if (place.kind === 'served') return refused(notOverHttp);
  if (place.uploadRoot === null) return refused(needsRoot);
  const file = await readLocalFile(place.uploadRoot, path, name, maxBytes);
  if ('refused' in file || mediaType === undefined) return { file };
  return { file: { ...file, mediaType } };
};

const fetchUpload = async (
  place: FilePlace,
  id: string,
  caller: TicketOwner,
  isDryRun: boolean,
): Promise<FetchedFile> => {
  if (place.kind === 'local') return refused(onlyServed);
  if (place.uploads === undefined) return refused(needsUploads);
  if (isDryRun) return { file: await place.uploads.peek(id, caller) };
  const claimed = await place.uploads.claim(id, caller);
  return 'refused' in claimed ? { file: claimed } : claimed;
};

const announcedText = (place: FilePlace): string => {
  if (place.kind === 'local') return onlyServed;
  return place.uploads === undefined ? needsUploads : sendFirst;
};

const checked = (
  rules: FileRules,
  promise: FilePromise,
  file: GivenFile | RefusedFile,
): GivenFile | RefusedFile => {
  if ('refused' in file) return file;
  const broken = brokenRule(rules, { ...file, size: file.bytes.byteLength });
  return broken === undefined ? asPromised(promise, file) : { refused: broken };
};

/** Gets a file from its source, or says why not. Nothing is known yet of the field it is for. */
export const fetchFile = async (
  place: FilePlace,
  rules: FileRules,
  source: FileSource,
  call: { readonly caller: TicketOwner; readonly isDryRun: boolean },
): Promise<FetchedFile> => {
  switch (source.kind) {
    case 'announced':
      return refused(brokenRule(rules, { ...source, size: source.size }) ?? announcedText(place));
    case 'content':
      return { file: checked(rules, {}, fileOfContent(source)) };
    case 'path': {
      const { file } = await fetchPath(place, source, rules);
      return { file: checked(rules, source, file) };
    }
    case 'upload': {
      const fetched = await fetchUpload(place, source.id, call.caller, call.isDryRun);
      return { ...fetched, file: checked(rules, source, fetched.file) };
    }
  }
};

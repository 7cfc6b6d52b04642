import {
  type FileSource,
  fileObjectIn,
  fileOfContent,
  type GivenFile,
  parseFileObject,
  type RefusedFile,
} from './file-value.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** Gives the file that a value stands for, once a field turns out to be one for files. */
export type TakeFile = () => GivenFile | RefusedFile;

/**
 * By identity of the `file` object: whether a value is meant as a file only the form knows.
 * `{"file": {"path": "a.txt"}}` in a JSON field is that JSON.
 */
const attached = new WeakMap<JsonObject, TakeFile>();

/** Says where the file of a value comes from; for the layer that has fetched it. */
export const attachFile = (file: JsonObject, take: TakeFile): void => {
  attached.set(file, take);
};

const elsewhere = {
  path: 'Files cannot be given by path here.',
  upload: 'There are no uploads here.',
  announced: 'Give the content of the file: content_base64.',
} as const satisfies Record<Exclude<FileSource['kind'], 'content'>, string>;

/**
 * The file that a value given for a file field stands for; undefined where it is no such
 * value. For upstreams.
 */
export const takeFile = (value: JsonValue): GivenFile | RefusedFile | undefined => {
  const file = fileObjectIn(value);
  if (file === undefined) return undefined;
  const take = attached.get(file);
  if (take !== undefined) return take();
  const source = parseFileObject(file);
  if ('refused' in source) return source;
  return source.kind === 'content' ? fileOfContent(source) : { refused: elsewhere[source.kind] };
};

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isFileName } from './file-name.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { isMediaType, mediaTypeOf, unknownMediaType } from './media-types.ts';

/** A file to be written, whole. */
export interface GivenFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Why a value is not taken, in a sentence for whoever gave it. */
export interface RefusedFile {
  readonly refused: string;
}

const refused = (sentence: string): RefusedFile => ({ refused: sentence });

/** What a caller says about a file beforehand; a file that is another is refused. */
export interface FilePromise {
  readonly size?: number | undefined;
  /** Hexadecimal, in lower case. */
  readonly sha256?: string | undefined;
}

/** Where the bytes of a file are to come from. */
export type FileSource = FilePromise &
  (
    | {
        readonly kind: 'path';
        readonly path: string;
        readonly name: string | undefined;
        readonly mediaType: string | undefined;
      }
    | { readonly kind: 'upload'; readonly id: string }
    | {
        readonly kind: 'content';
        readonly name: string;
        readonly mediaType: string;
        readonly content: string;
      }
    /** No source yet: the client has the bytes and asks where to send them. */
    | { readonly kind: 'announced'; readonly name: string; readonly mediaType: string }
  );

const fileName = z
  .string()
  .refine(isFileName, 'must be a file name without folders, of at most 255 bytes');

/** What is said of a file that is still to be sent; what `POST /mcp/uploads/` takes. */
export const announcement = z.strictObject({
  name: fileName,
  media_type: z
    .string()
    .refine(isMediaType, 'must be a media type, such as "application/pdf"')
    .optional(),
  size: z.int().min(0).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .transform((text) => text.toLowerCase())
    .optional(),
});

const fileValue = announcement.partial({ name: true }).extend({
  path: z.string().min(1).optional(),
  upload: z.string().min(1).optional(),
  content_base64: z.string().optional(),
});

/** What a file field takes, for whoever gave it something else. */
export const fileExpectation =
  'Give {"file": {"name": "a.txt", "content_base64": "…"}}, {"file": {"path": "…"}}, {"file": {"upload": id}} or, for an address to send it to, {"file": {"name": "a.txt"}}; {"clear": true} removes the file.';

const sourceOf = (file: z.output<typeof fileValue>): FileSource | RefusedFile => {
  const { path, upload, content_base64: content, name, size, sha256 } = file;
  const given = [path, upload, content].filter((source) => source !== undefined);
  if (given.length > 1) return refused('Give only one of path, upload and content_base64.');
  const promise = { size, sha256 };
  if (upload !== undefined)
    return name === undefined && file.media_type === undefined
      ? { kind: 'upload', id: upload, ...promise }
      : refused('The name and type of an upload were given when it was asked for.');
  if (path !== undefined)
    return { kind: 'path', path, name, mediaType: file.media_type, ...promise };
  if (name === undefined) return refused(fileExpectation);
  const mediaType = file.media_type ?? mediaTypeOf(name) ?? unknownMediaType;
  return content === undefined
    ? { kind: 'announced', name, mediaType, ...promise }
    : { kind: 'content', name, mediaType, content, ...promise };
};

/** The object that says where a file comes from: what stands at `file`, alone, in a value. */
export const fileObjectIn = (value: JsonValue | undefined): JsonObject | undefined => {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return undefined;
  const file = value['file'];
  return isJsonObject(file) ? file : undefined;
};

/** What a `file` object asks for, or what is wrong with it. */
export const parseFileObject = (file: JsonObject): FileSource | RefusedFile => {
  const parsed = fileValue.safeParse(file);
  if (parsed.success) return sourceOf(parsed.data);
  const [issue] = parsed.error.issues;
  const [name] = issue?.path ?? [];
  return refused(name === undefined ? fileExpectation : `"${String(name)}" ${issue?.message}.`);
};

/**
 * Bytes from base64, in either alphabet and with line breaks, but for nothing else: models
 * drop and change characters of long texts, and Node would decode what is left.
 */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  const bare = text.replace(/\r?\n/g, '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Buffer.from(bare, 'base64');
  return bytes.toString('base64') === bare ? bytes : undefined;
};

export const sha256Of = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** What is not as the caller said it would be, in a sentence. */
export const brokenPromise = (
  promise: FilePromise,
  real: { readonly size: number; readonly sha256: string },
): string | undefined => {
  if (promise.size !== undefined && promise.size !== real.size)
    return `The file has ${real.size} bytes, not the ${promise.size} that were announced.`;
  if (promise.sha256 !== undefined && promise.sha256 !== real.sha256)
    return 'The file has another SHA-256 than the one that was announced.';
  return undefined;
};

/** The file, unless it is another than the caller announced. */
export const asPromised = (
  promise: FilePromise,
  file: GivenFile | RefusedFile,
): GivenFile | RefusedFile => {
  if ('refused' in file || (promise.size === undefined && promise.sha256 === undefined))
    return file;
  const real = { size: file.bytes.byteLength, sha256: sha256Of(file.bytes) };
  const broken = brokenPromise(promise, real);
  return broken === undefined ? file : refused(broken);
};

/** A file whose content came with the call. */
export const fileOfContent = (
  source: Extract<FileSource, { kind: 'content' }>,
): GivenFile | RefusedFile => {
  const { name, mediaType } = source;
  const bytes = decodeBase64(source.content);
  return bytes === undefined
    ? refused('The content is not valid base64: a character or the length is wrong.')
    : asPromised(source, { name, mediaType, bytes });
};

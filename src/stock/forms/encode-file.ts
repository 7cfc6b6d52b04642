import { isJsonObject, type JsonValue } from '../../operations/json.ts';
import type { FormField } from '../pages/types/field.ts';
import { type Refused, refuse } from './patch-values.ts';
import type { FormFile } from './types.ts';

/** Largest file taken from a call, in bytes. */
export const maxFileBytes = 10 * 1024 * 1024;

const expectation =
  'Give {"file": {"name": "a.txt", "content_base64": "…"}}, or {"clear": true} to remove the file.';

const base64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

const mediaTypes: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
};

const mediaTypeOf = (name: string): string =>
  mediaTypes[/[^.]*$/.exec(name.toLowerCase())?.[0] ?? ''] ?? 'application/octet-stream';

/** What a file field's value asks for. */
export type FileChange = { readonly clear: true } | { readonly file: FormFile };

export const fileChange = (field: FormField, value: JsonValue): FileChange | Refused => {
  const isClear = value === null || (isJsonObject(value) && value['clear'] === true);
  if (isClear)
    return field.clearable || field.value === null
      ? { clear: true }
      : refuse('The file cannot be removed, only replaced.');
  const given = isJsonObject(value) ? value['file'] : undefined;
  if (!isJsonObject(given ?? null)) return refuse(expectation);
  const {
    name,
    content_base64: content,
    media_type: mediaType,
  } = given as Record<string, JsonValue>;
  if (typeof name !== 'string' || name === '' || /[/\\\0\r\n]/.test(name))
    return refuse(expectation);
  if (typeof content !== 'string') return refuse(expectation);
  const bare = content.replace(/\s/g, '');
  if (!base64.test(bare)) return refuse('Give the content in base64.');
  const bytes = Buffer.from(bare, 'base64');
  if (bytes.byteLength > maxFileBytes)
    return refuse(`Give a file of at most ${maxFileBytes} bytes.`);
  return {
    file: {
      field: field.controlName ?? field.name,
      name,
      mediaType:
        typeof mediaType === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType)
          ? mediaType
          : mediaTypeOf(name),
      bytes,
    },
  };
};

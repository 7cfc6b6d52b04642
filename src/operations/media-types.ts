import { getMimeType, mimes } from 'hono/utils/mime';

/** What people attach to records and the library's table leaves out. */
const office: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  heic: 'image/heic',
  md: 'text/markdown',
  mov: 'video/quicktime',
  odt: 'application/vnd.oasis.opendocument.text',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  wav: 'audio/wav',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const known = { ...mimes, ...office };

/** `image/png`: a type without parameters. */
export const isMediaType = (text: string): boolean => /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(text);

/** The media type that a file's name stands for; undefined for an unknown or no extension. */
export const mediaTypeOf = (name: string): string | undefined =>
  getMimeType(name, known)?.split(';')[0];

/** What a file is sent as when neither its sender nor its name says what it is. */
export const unknownMediaType = 'application/octet-stream';

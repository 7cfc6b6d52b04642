import type { ContentBlock } from '@modelcontextprotocol/server';
import { decodeBytes } from '../operations/decode-text.ts';
import type { JsonObject } from '../operations/json.ts';
import type { AnswerFile } from '../operations/upstream.ts';
import { makeVisible } from '../operations/visible-text.ts';

/** Largest file that is put into a result as it is, in bytes; base64 makes a third more of it. */
const maxBlobBytes = 256 * 1024;

/** Room for the facts of the file beside its text, in characters. */
const factsRoom = 800;

const howToGetIt =
  'For the whole file: over stdio the user can start the gateway with --download-dir FOLDER; otherwise ask for fewer rows, or let the user download it in the admin.';

/** A file as a tool result carries it: facts for the body, and maybe a block of its own. */
export interface FileContent {
  readonly facts: JsonObject;
  readonly blocks: readonly ContentBlock[];
}

const isText = (mediaType: string): boolean =>
  /^text\/|\b(?:json|csv|xml|javascript|yaml)\b/i.test(mediaType);

/** Byte order marks win over what a header says, as in browsers (WHATWG Encoding, "decode"). */
const markedCharset = ([first, second, third]: Uint8Array): string | undefined => {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
};

/** The text and the name of its charset; undefined where the bytes are no text in it. */
const decoded = ({ bytes, charset }: AnswerFile) => {
  const label = markedCharset(bytes) ?? charset ?? 'utf-8';
  try {
    const found = decodeBytes(bytes, label, true);
    return found.text.includes('\0') ? undefined : found;
  } catch {
    return undefined;
  }
};

const lengthInJson = (text: string): number => JSON.stringify(text).length;

/** The first lines that fit into a number of characters of JSON. */
const firstLines = (text: string, room: number): string => {
  let end = Math.max(0, Math.min(text.length, room));
  while (end > 0 && lengthInJson(text.slice(0, end)) > room) end = Math.floor(end * 0.9);
  return text.slice(0, text.lastIndexOf('\n', end - 1) + 1);
};

const textFacts = (text: string, charset: string, room: number): JsonObject => {
  if (lengthInJson(text) <= room) return { charset, text };
  const shown = firstLines(text, room);
  const lines = (part: string) => part.split('\n').length - 1;
  return {
    charset,
    text: shown,
    truncated: { shown_lines: lines(shown), of_lines: lines(text) },
    hint: howToGetIt,
  };
};

/**
 * What a result holds of a file that the admin sent: the text of a text, as many lines as
 * fit; of anything else the bytes, as an embedded resource, whole or not at all.
 *
 * @param room for text, in characters of JSON
 */
export const contentOfFile = (file: AnswerFile, room: number): FileContent => {
  const text = isText(file.mediaType) ? decoded(file) : undefined;
  if (text !== undefined)
    return {
      facts: textFacts(makeVisible(text.text), text.charset, room - factsRoom),
      blocks: [],
    };
  if (file.bytes.byteLength > maxBlobBytes)
    return {
      facts: {
        error: {
          code: 'too_large',
          message: `Files of more than ${maxBlobBytes} bytes are not put into a result.`,
          hint: howToGetIt,
        },
      },
      blocks: [],
    };
  const uri = `admin-file:///${encodeURIComponent(file.name)}`;
  const blob = Buffer.from(file.bytes).toString('base64');
  return {
    facts: { resource: uri },
    blocks: [{ type: 'resource', resource: { uri, mimeType: file.mediaType, blob } }],
  };
};

import { randomBytes } from 'node:crypto';
import type { RequestBody } from './messages.ts';

export interface EncodedBody {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/**
 * Names in a part's header as browsers write them (WHATWG "multipart/form-data encoding
 * algorithm"); anything else could end the header early.
 */
const partName = (name: string): string =>
  name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');

const oneLine = (mediaType: string): string => mediaType.replaceAll(/[\r\n]+/g, ' ');

const encodeMultipart = (body: Extract<RequestBody, { kind: 'multipart' }>): EncodedBody => {
  // 128 random bits: no content contains it by accident or on purpose.
  const boundary = `form-${randomBytes(16).toString('hex')}`;
  const chunks: Uint8Array[] = [];
  const text = (part: string) => chunks.push(Buffer.from(part, 'utf8'));
  for (const [name, value] of body.fields)
    text(
      `--${boundary}\r\nContent-Disposition: form-data; name="${partName(name)}"\r\n\r\n${value}\r\n`,
    );
  for (const file of body.files) {
    text(
      `--${boundary}\r\nContent-Disposition: form-data; name="${partName(file.field)}"; filename="${partName(file.name)}"\r\n` +
        `Content-Type: ${oneLine(file.mediaType)}\r\n\r\n`,
    );
    chunks.push(file.bytes);
    text('\r\n');
  }
  text(`--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat(chunks),
  };
};

/** Order, repeated names and line ends stay as given: whoever reads the form knows them best. */
export const encodeBody = (body: RequestBody): EncodedBody => {
  switch (body.kind) {
    case 'json':
      return {
        contentType: 'application/json',
        bytes: Buffer.from(JSON.stringify(body.value), 'utf8'),
      };
    case 'form':
      return {
        contentType: 'application/x-www-form-urlencoded',
        bytes: Buffer.from(
          new URLSearchParams(
            body.fields.map(([name, value]): [string, string] => [name, value]),
          ).toString(),
          'utf8',
        ),
      };
    case 'multipart':
      return encodeMultipart(body);
  }
};

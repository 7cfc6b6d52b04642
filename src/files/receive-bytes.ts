import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { GatewayError } from '../operations/errors.ts';

/** Bytes that arrived, measured. */
export interface Arrived {
  readonly size: number;
  readonly sha256: string;
}

/** The body, with the end of the connection told from a fault of the folder. */
async function* arriving(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new GatewayError('cancelled', 'The connection ended before the file was whole.', {
      cause,
    });
  }
}

/**
 * Writes a body into a file, up to a limit.
 *
 * @throws GatewayError `too_large` | `cancelled`
 */
export const receiveBytes = async (
  file: FileHandle,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Arrived> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of arriving(body)) {
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new GatewayError('too_large', `The file is larger than ${maxBytes} bytes.`);
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  await file.sync();
  return { size, sha256: hash.digest('hex') };
};

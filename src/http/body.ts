import { GatewayError } from '../operations/errors.ts';

/**
 * Reads a request's body up to a limit, in bytes; the rest is never read.
 *
 * @throws GatewayError `too_large`
 */
export const readBody = async (request: Request, maxBytes: number): Promise<string> => {
  const tooLarge = () =>
    new GatewayError('too_large', `The request is larger than ${maxBytes} bytes.`, {
      hint: 'Send less at once; the operator sets the limit with --max-request-bytes.',
    });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

import { GatewayError } from '../operations/errors.ts';

/** How long a client may take to send a message, in milliseconds. */
const bodyTimeoutMs = 30_000;

/**
 * Reads a request's body up to a limit, in bytes; the rest is never read.
 *
 * @throws GatewayError `too_large` | `timeout`
 */
export const readBody = async (request: Request, maxBytes: number): Promise<string> => {
  const tooLarge = () =>
    new GatewayError('too_large', `The request is larger than ${maxBytes} bytes.`, {
      hint: 'Send less at once; the operator sets the limit with --max-request-bytes.',
    });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  if (request.body === null) return '';
  const reader = request.body.getReader();
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    void reader.cancel().catch(() => undefined);
  }, bodyTimeoutMs);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) throw new GatewayError('timeout', 'The request took too long to arrive.');
      if (done) break;
      size += value.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(value);
    }
  } finally {
    clearTimeout(late);
  }
  return Buffer.concat(chunks).toString('utf8');
};

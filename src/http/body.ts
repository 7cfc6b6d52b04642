import { GatewayError } from '../operations/errors.ts';

/** How long a client may take to send a message, in milliseconds. */
const bodyTimeoutMs = 30_000;

const tooLarge = (maxBytes: number): GatewayError =>
  new GatewayError('too_large', `The request is larger than ${maxBytes} bytes.`, {
    hint: 'Send less at once; the operator sets the limit with --max-request-bytes.',
  });

const tooSlow = (): GatewayError =>
  new GatewayError('timeout', 'The request took too long to arrive.');

/** A body whose length was announced: the server reads no more than that. */
const readAnnounced = async (request: Request): Promise<string> => {
  let late: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(tooSlow()), bodyTimeoutMs);
  });
  try {
    return await Promise.race([request.text(), timeout]);
  } finally {
    clearTimeout(late);
  }
};

/** A body as it comes; what is beyond the limit is never read. */
const readStreamed = async (
  body: NonNullable<Request['body']>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const reader = body.getReader();
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
      if (isLate) throw tooSlow();
      if (done) break;
      size += value.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
  } finally {
    clearTimeout(late);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

/**
 * Reads a request's body up to a limit, in bytes.
 *
 * @throws GatewayError `too_large` | `timeout`
 */
export const readBytes = async (
  { headers, body }: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return body === null ? new Uint8Array() : readStreamed(body, maxBytes);
};

/**
 * The same as text.
 *
 * @throws GatewayError `too_large` | `timeout`
 */
export const readBody = async (request: Request, maxBytes: number): Promise<string> => {
  const announced = request.headers.get('content-length');
  if (Number(announced ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (announced === null) return new TextDecoder().decode(await readBytes(request, maxBytes));
  const text = await readAnnounced(request);
  // A host that hands requests on may have kept the header of another body.
  if (text.length > maxBytes) throw tooLarge(maxBytes);
  return text;
};

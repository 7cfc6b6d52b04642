import type { Dispatcher } from 'undici';

export type FailureKind = 'transport' | 'timeout' | 'cancelled' | 'too_large';

/** What went wrong in an exchange, and how far it had come: on that hangs what may be repeated. */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure';
  readonly kind: FailureKind;
  /** False when not one byte of the request can have reached the server. */
  readonly sent: boolean;
  /** The status, once the head of the answer was read. */
  readonly status: number | undefined;

  constructor(kind: FailureKind, sent: boolean, status: number | undefined, cause?: unknown) {
    super(kind, { cause });
    this.kind = kind;
    this.sent = sent;
    this.status = status;
  }
}

export interface ExchangeLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Uint8Array;
}

/**
 * One request and its whole answer.
 *
 * Speaks to undici's `dispatch` and not to `request`, because only a handler of its own is
 * told when a request is about to be written; before that, nothing can have taken effect.
 *
 * @throws ExchangeFailure
 */
export const exchange = (
  transport: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let failure: ExchangeFailure | undefined;
    let head: Omit<RawAnswer, 'bytes'> | undefined;
    const chunks: Uint8Array[] = [];
    let size = 0;

    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    };
    const fail = (kind: FailureKind, cause?: unknown) => {
      if (failure !== undefined) return;
      failure = new ExchangeFailure(kind, controller !== undefined, head?.status, cause);
      settle();
      reject(failure);
      controller?.abort(failure);
    };
    const cancel = () => fail('cancelled', signal.reason);
    const timer = setTimeout(() => fail('timeout'), limits.timeoutMs);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) return cancel();

    try {
      transport.dispatch(request, {
        onRequestStart: (started) => {
          // Given up while it waited for a free connection.
          if (failure !== undefined) started.abort(failure);
          else controller = started;
        },
        onResponseStart: (_controller, status, headers) => {
          if (status < 200) return;
          head = { status, headers };
          if (Number(headers['content-length']) > limits.maxBytes) fail('too_large');
        },
        onResponseData: (_controller, chunk) => {
          size += chunk.byteLength;
          if (size > limits.maxBytes) fail('too_large');
          else chunks.push(chunk);
        },
        onResponseEnd: () => {
          if (failure !== undefined || head === undefined) return;
          settle();
          const answer = { ...head, bytes: Buffer.concat(chunks, size) };
          // undici frees the socket one turn of the event loop later; a caller who went on at
          // once would open a second connection, two round trips more over TLS.
          setImmediate(() => setImmediate(resolve, answer));
        },
        onResponseError: (_controller, error) => fail('transport', error),
      });
    } catch (error) {
      fail('transport', error);
    }
  });

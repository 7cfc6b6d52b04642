import { PassThrough, type Readable, type Writable } from 'node:stream';
import { createFirstAnswers } from './first-answers.ts';
import type { Listing } from './listing.ts';

/** A message longer than this is no first question, in characters; the SDK has a limit of its own. */
const maxFirstMessage = 100_000;

/** What a connection began with. */
export interface Begun {
  /** All that the SDK has to read, then what is still to come. */
  readonly input: Readable;
  /** Requests in there that have their answer already. */
  readonly answered: Set<string | number>;
}

/** The beginning of a connection on stdin and stdout, before the SDK is loaded. */
export interface Opening {
  /** Settles when the SDK is needed, or will be soon, and when the client has gone. */
  readonly needed: Promise<void>;
  readonly handOver: () => Begun;
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/**
 * Answers the first questions by itself, and keeps the rest for the SDK. The handshake is kept
 * as well: the SDK has to know who connected, and only its answer is one too many.
 */
export const openConnection = (listing: Listing, stdin: Readable, stdout: Writable): Opening => {
  const firstAnswer = createFirstAnswers(listing);
  const answered = new Set<string | number>();
  let kept = '';
  let rest = '';
  let need: () => void = () => undefined;
  const needed = new Promise<void>((resolve) => {
    need = resolve;
  });

  const take = (line: string): void => {
    const message = parsed(line);
    const answer = firstAnswer(message);
    if (answer === undefined || answer.method === 'initialize') kept += `${line}\n`;
    if (answer === undefined) {
      // A notification waits for nothing.
      if (typeof message !== 'object' || message === null || 'id' in message) need();
      return;
    }
    const { id, method, result } = answer;
    if (method === 'initialize') answered.add(id);
    stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
    // Calls come next: the SDK is there by then.
    if (method === 'tools/list') setImmediate(need);
  };

  const read = (chunk: string): void => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length > maxFirstMessage) need();
  };

  stdin.setEncoding('utf8').on('data', read);
  stdin.once('end', need).once('close', need);
  return {
    needed,
    handOver: () => {
      stdin.off('data', read);
      const input = new PassThrough();
      input.write(`${kept}${rest}`);
      if (stdin.readableEnded || stdin.destroyed) input.end();
      else stdin.pipe(input);
      return { input, answered };
    },
  };
};

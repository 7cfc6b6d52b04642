import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import { stopped } from '../operations/partly-done.ts';
import type { Answer, Context } from '../operations/upstream.ts';

/** One request of several, and its answer. */
export interface Chunk {
  readonly pks: readonly string[];
  readonly answer: Answer;
}

export interface Chunks {
  readonly chunks: readonly Chunk[];
  /** Keys of a request without an answer, which may have been saved all the same. */
  readonly unknown: readonly string[];
  /** Keys that no request was made for: one before it failed, or nobody waits any more. */
  readonly left: readonly string[];
  /** Why not all of them were. */
  readonly error?: GatewayError;
}

/** How many keys the package takes at once, in its refusal of more; its text is not translated. */
const capIn = ({ status, body }: Answer): number | undefined => {
  const error = isJsonObject(body['error']) ? body['error'] : {};
  if (status !== 400 || error['code'] !== 'bad_request') return undefined;
  const [, digits] = /\bcap of (\d+)/.exec(String(error['message'])) ?? [];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
};

/** For a write that is on its way: it is waited for, up to the time limit of the client. */
const unhurried = (context: Context): Context => ({
  ...context,
  signal: new AbortController().signal,
});

/**
 * Sends keys in as many requests as the package wants, one after another, until one fails.
 * When nobody waits any more it stops between two of them: a write that is broken off may have
 * been saved or not.
 *
 * @param size most keys in the first request; the package may want fewer
 * @param went whether an answer is a success
 * @throws GatewayError where the very first request has no answer
 */
export const sendInChunks = async (
  pks: readonly string[],
  size: number,
  send: (pks: readonly string[], context: Context) => Promise<Answer>,
  went: (answer: Answer) => boolean,
  context: Context,
): Promise<Chunks> => {
  const chunks: Chunk[] = [];
  let [left, most] = [pks, size];
  while (left.length > 0) {
    const done = pks.length - left.length;
    if (context.signal.aborted && done > 0)
      return { chunks, unknown: [], left, error: stopped(done, pks.length) };
    const now = left.slice(0, most);
    try {
      const answer = await send(now, context.signal.aborted ? context : unhurried(context));
      const cap = capIn(answer) ?? now.length;
      if (cap < now.length) {
        most = cap;
        continue;
      }
      chunks.push({ pks: now, answer });
      left = left.slice(now.length);
      context.progress?.(pks.length - left.length, pks.length);
      if (!went(answer)) break;
    } catch (error) {
      if (done === 0 || !(error instanceof GatewayError)) throw error;
      if (error.reason !== 'unknown_outcome') return { chunks, unknown: [], left, error };
      return { chunks, unknown: now, left: left.slice(now.length), error };
    }
  }
  return { chunks, unknown: [], left };
};

const unknownOutcome: JsonObject = {
  code: 'unknown_outcome',
  message: 'Whether this was done cannot be told.',
};

/** Results of objects that no answer tells of. */
export const untold = ({ unknown, left }: Chunks): readonly JsonObject[] => [
  ...unknown.map((pk) => ({ pk, ok: false, error: unknownOutcome })),
  ...left.map((pk) => ({ pk, ok: false, not_tried: true })),
];

/** `{results, summary}` of a call on many objects. */
export const summed = (results: readonly JsonObject[]): JsonObject => {
  const accepted = results.filter((row) => row['ok'] === true).length;
  return { results: [...results], summary: { accepted, rejected: results.length - accepted } };
};

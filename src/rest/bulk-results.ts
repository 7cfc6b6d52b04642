import { isJsonObject, type JsonObject } from '../operations/json.ts';
import { partlyDone } from '../operations/partly-done.ts';
import { type Answer, refusal } from '../operations/upstream.ts';
import { objectsIn } from './body.ts';
import { type Chunk, type Chunks, summed, untold } from './chunks.ts';

const isOk = (row: JsonObject): boolean => row['ok'] === true;

/** The package answers 200 to a batch that it rolled back. */
export const isSaved = ({ status, body }: Answer): boolean =>
  status === 200 && objectsIn(body, 'results').every(isOk);

/** What became of the rows of one request. */
const rowsOf = ({ pks, answer }: Chunk): readonly JsonObject[] =>
  answer.status === 200
    ? objectsIn(answer.body, 'results')
    : pks.map((pk) => ({ pk, ok: false, error: answer.body['error'] ?? null }));

/** Rows of which at least one was refused before anything was saved. */
export const noneSaved = (results: readonly JsonObject[]): Answer => {
  const failed = results.filter((row) => isJsonObject(row['error'])).length;
  const message = `${failed} of ${results.length} rows were refused, so none was saved.`;
  const { status, body } = refusal(400, 'validation_failed', message);
  return { status, body: { ...body, ...summed(results) } };
};

/**
 * The answer to all requests together: each row with what became of it.
 *
 * @throws GatewayError where a later request had no answer, with the rows in `details`
 */
export const resultsOf = (sent: Chunks): Answer => {
  const results = [...sent.chunks.flatMap(rowsOf), ...untold(sent)];
  if (sent.error !== undefined) throw partlyDone(sent.error, summed(results));
  if (results.every(isOk)) return { status: 200, body: summed(results) };
  const [first] = sent.chunks;
  // Refused as a whole, before any row was looked at.
  if (first !== undefined && first.answer.status !== 200) return first.answer;
  if (!results.some(isOk)) return noneSaved(results);
  const { status, body } = refusal(
    409,
    'partly_saved',
    'Some rows were saved and others were not.',
  );
  return { status, body: { ...body, ...summed(results) } };
};

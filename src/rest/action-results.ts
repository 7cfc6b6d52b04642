import type { JsonObject } from '../operations/json.ts';
import { partlyDone } from '../operations/partly-done.ts';
import { type Answer, refusal } from '../operations/upstream.ts';
import { listIn } from './body.ts';
import { type Chunk, type Chunks, summed, untold } from './chunks.ts';

/** Whether an action ran to its end; what shows a page or sends a file may have done nothing. */
export const isExecuted = ({ status, body }: Answer): boolean =>
  status === 200 && body['executed'] === true;

const rowsOf = ({ pks, answer }: Chunk): readonly JsonObject[] =>
  pks.map((pk) =>
    answer.status === 200
      ? { pk, ok: isExecuted(answer) }
      : { pk, ok: false, error: answer.body['error'] ?? null },
  );

/**
 * The answer to an action that may have taken several requests: the messages of all of them,
 * and what became of each object where not all of them went the same way.
 *
 * @throws GatewayError where a later request had no answer, with the objects in `details`
 */
export const resultsOf = (pks: readonly string[], sent: Chunks): Answer => {
  const { chunks, error } = sent;
  const messages = chunks.flatMap(({ answer }) => listIn(answer.body, 'messages'));
  const fates = { ...summed([...chunks.flatMap(rowsOf), ...untold(sent)]), messages };
  if (error !== undefined) throw partlyDone(error, fates);
  const first = chunks[0]?.answer;
  const last = chunks.at(-1)?.answer;
  if (last?.status === 200 && sent.left.length === 0)
    return { status: 200, body: { ...last.body, pks: [...pks], messages } };
  if (first !== undefined && first.status !== 200) return first;
  const message = 'The action was run on some of the objects and not on others.';
  const { status, body } = refusal(409, 'partly_saved', message);
  const { executed = null, action = null, note } = last?.status === 200 ? last.body : {};
  return {
    status,
    body: { ...body, executed, action, ...fates, ...(note === undefined ? {} : { note }) },
  };
};

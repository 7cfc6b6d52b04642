import { GatewayError } from '../operations/errors.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Answer, Upstream } from '../operations/upstream.ts';
import { bodyRedaction, looseRedaction } from './redaction/bodies.ts';
import { refusedInput } from './redaction/inputs.ts';
import { namesWith } from './redaction/names.ts';
import { wrapEach } from './wrap.ts';

const withDetails = (error: GatewayError, details: GatewayError['details']): GatewayError => {
  if (details === undefined || details === error.details) return error;
  const { reason, message, hint, cause } = error;
  return new GatewayError(reason, message, {
    ...(hint === undefined ? {} : { hint }),
    details,
    cause,
  });
};

/**
 * Masks the values of fields whose name holds one of `words`, and password hashes in any
 * field, in every answer. Writing such a field stays possible, as the admin's form takes it;
 * only the mask itself is refused, and a list is neither filtered nor ordered by what it hides.
 * Without words nothing is masked.
 */
export const withRedaction = (words: readonly string[], upstream: Upstream): Upstream => {
  if (words.length === 0) return upstream;
  const isRedacted = namesWith(words);
  const redact = bodyRedaction(isRedacted);
  const redactLoosely = looseRedaction(isRedacted);
  // What an error says of fields are complaints, as in the `error` of an answer.
  const redactComplaints = (details: JsonObject): JsonObject => {
    const { error = details } = redact({ error: details });
    return error as JsonObject;
  };
  const redacted = (answer: Answer, isPanel: boolean): Answer => {
    const body = redact(answer.body);
    const all = isPanel ? redactLoosely(body) : body;
    return all === answer.body ? answer : { ...answer, body: all };
  };
  return wrapEach(upstream, async ({ name, input }, next) => {
    const refused = refusedInput(isRedacted, input);
    if (refused !== undefined) return refused;
    try {
      return redacted(await next(), name === 'panel');
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      throw withDetails(error, error.details && redactComplaints(error.details));
    }
  });
};

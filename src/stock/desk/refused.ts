import type { JsonObject } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';

/**
 * The admin's no, on its way out of an operation. It never leaves this upstream: `upstream.ts`
 * turns it back into the answer that it holds.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('refused by the admin');
    this.answer = answer;
  }
}

export const refused = (
  status: number,
  code: string,
  message: string,
  more: JsonObject = {},
): Refused => new Refused(refusal(status, code, message, more));

/** The words of the REST contract. */
export const notFound = (message = 'Not found.', more: JsonObject = {}): Refused =>
  refused(404, 'not_found', message, more);

export const forbidden = (
  message = 'You do not have permission.',
  more: JsonObject = {},
): Refused => refused(403, 'forbidden', message, more);

export const badRequest = (message: string, more: JsonObject = {}): Refused =>
  refused(400, 'bad_request', message, more);

export const invalid = (
  fields: JsonObject,
  more: JsonObject = {},
  message = 'One or more fields are invalid.',
): Refused => refused(400, 'validation_failed', message, { fields, ...more });

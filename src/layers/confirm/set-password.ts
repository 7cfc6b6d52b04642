import { ahead } from '../../operations/ahead.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { refusal } from '../../operations/upstream.ts';
import type { Look } from './matter.ts';
import { lines, objectWords } from './words.ts';

const part = (body: JsonObject, key: string): JsonObject => {
  const value = body[key];
  return isJsonObject(value) ? value : {};
};

/**
 * Bound to the newest entry of the user's log: setting a password adds one, so that a token
 * never does it twice. The form itself shows nothing that a new password changes.
 */
export const lookAtSetPassword: Look<'set_password'> = async (input, context, upstream) => {
  const { app_label, model_name, pk } = input;
  const object = { app_label, model_name, pk };
  const reading = ahead(upstream.history({ ...object, page_size: 1 }, context));
  const seen = await upstream.retrieve(object, context);
  if (seen.status !== 200) return { answer: seen };
  if (part(seen.body, 'permissions')['change'] === false)
    return { answer: refusal(403, 'forbidden', 'You may not change this object.') };
  if (part(seen.body, 'password_change')['supported'] === false)
    return { answer: refusal(404, 'not_found', 'This model has no password form.') };
  const log = await reading;
  const { label } = seen.body;
  const { entries, total } = log.body;
  return {
    matter: {
      question: lines(
        `Set a new password for ${objectWords(object, label)}?`,
        'The old one stops working at once. The new one is not shown here.',
      ),
      preview: { object: { pk, label: label ?? pk } },
      about: log.status === 200 ? [label ?? null, total ?? null, entries ?? null] : [label ?? null],
      run: () => upstream.set_password(input, context),
    },
  };
};

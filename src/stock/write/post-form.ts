import { GatewayError } from '../../operations/errors.ts';
import type { JsonValue } from '../../operations/json.ts';
import { validationFailed } from '../contract/errors.ts';
import type { Desk } from '../desk/desk.ts';
import { isByHand, type OpenForm, stockForm } from '../desk/open-form.ts';
import { forbidden, notFound, refused } from '../desk/refused.ts';
import { submit } from '../desk/submit.ts';
import { detailsOf, type Visit } from '../desk/visit.ts';
import type { Overlay } from '../forms/overlay.ts';
import { csrfTokenOf } from '../forms/successful.ts';
import { readFormPage } from '../pages/form-page.ts';
import type { SubmitButton } from '../pages/types/shared.ts';

export const postForm = async (
  desk: Desk,
  open: OpenForm,
  { pairs, files, multipart }: Overlay,
  button: SubmitButton,
): Promise<Visit> => {
  const form = stockForm(open);
  return submit(desk, {
    path: open.path,
    referer: open.path,
    token: csrfTokenOf(form) ?? open.page.frame.csrfToken,
    pairs: [...pairs, [button.name, button.value]],
    files,
    multipart,
  });
};

export const unknownOutcome = (done: Visit, messages: readonly JsonValue[] = []): GatewayError =>
  new GatewayError(
    'unknown_outcome',
    'Whether the object was saved cannot be told from the answer.',
    {
      hint: 'Look at the object, or its history, before doing it again.',
      details: {
        ...detailsOf(done.outcome),
        ...(messages.length === 0 ? {} : { messages: [...messages] }),
      },
    },
  );

/**
 * Throws the admin's refusal of a form, if it is one.
 *
 * @throws Refused 400 `validation_failed`, 403, 404, 409; GatewayError `unknown_outcome`
 */
export const throwRefusal = (open: OpenForm, done: Visit): void => {
  const { outcome } = done;
  if (outcome.kind === 'forbidden') throw forbidden();
  if (outcome.kind === 'missing' || outcome.kind === 'not_found') throw notFound();
  if (outcome.kind === 'bad_request')
    throw refused(400, 'bad_request', 'Django refused the form (400); nothing was saved.');
  if (outcome.kind !== 'returned') return;
  const page = readFormPage(done.response.text, done.address);
  // Any other page may be the project's own way to say that it is done.
  if (isByHand({ ...open, page })) throw unknownOutcome(done);
  throw validationFailed(page.errors);
};

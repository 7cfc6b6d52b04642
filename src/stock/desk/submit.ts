import type { RequestBody } from '../../django/messages.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { FormFile, FormPair } from '../forms/types.ts';
import { classify } from '../outcome.ts';
import type { Desk } from './desk.ts';
import { sessionOver, throttled, type Visit } from './visit.ts';

export interface Submission {
  /** Where the form posts to: path and query. */
  readonly path: string;
  /** The page that the form stands on, for `Referer`. */
  readonly referer: string;
  readonly token: string | null;
  readonly pairs: readonly FormPair[];
  readonly files?: readonly FormFile[];
  /** Posted as the form says; a file makes it multipart in any case. */
  readonly multipart?: boolean;
  /** A request of this call has changed something already. */
  readonly partlyDone?: boolean;
}

/** Django counts controls and refuses more (DATA_UPLOAD_MAX_NUMBER_FIELDS); its page is a bare 400. */
export const maxControls = 1000;

const bodyOf = (submission: Submission, token: string): RequestBody => {
  const fields: FormPair[] = [['csrfmiddlewaretoken', token], ...submission.pairs];
  const files = submission.files ?? [];
  return files.length > 0 || submission.multipart === true
    ? { kind: 'multipart', fields, files }
    : { kind: 'form', fields };
};

/**
 * Whether a 403 came from the CSRF check, which runs before any view. A project's own page
 * for a missing permission may say "csrf" as well, but then inside a form.
 */
const failedBeforeTheView = ({ outcome, response }: Visit): boolean =>
  outcome.kind === 'forbidden' && outcome.csrf && !response.text.includes('csrfmiddlewaretoken');

const post = async (desk: Desk, submission: Submission, token: string): Promise<Visit> => {
  const { path, referer } = submission;
  const request = { method: 'POST', path, referer, body: bodyOf(submission, token) } as const;
  const response = await desk.caller.send(request, desk.signal);
  const outcome = classify(desk.caller.site, { method: 'POST', path }, response);
  return { response, outcome, address: { adminPath: desk.adminPath, path } };
};

/**
 * Posts a form, once. Only a refusal by the CSRF check is followed by a second try with a
 * fresh token, because then no view has run.
 *
 * @throws GatewayError `anonymous` | `forbidden` (CSRF) | `unknown_outcome` | `too_large` and
 *   those of the client
 */
export const submit = async (desk: Desk, submission: Submission): Promise<Visit> => {
  const { partlyDone = false, pairs } = submission;
  if (pairs.length + 1 > maxControls)
    throw new GatewayError('too_large', `This form has more than ${maxControls} controls.`, {
      hint: 'Django refuses such forms (DATA_UPLOAD_MAX_NUMBER_FIELDS); change fewer objects at once.',
    });
  let done = await post(
    desk,
    submission,
    submission.token ?? (await desk.caller.csrfToken(desk.signal)),
  );
  if (failedBeforeTheView(done))
    done = await post(desk, submission, await desk.caller.csrfToken(desk.signal));
  if (failedBeforeTheView(done))
    throw new GatewayError('forbidden', 'Django refused the CSRF token; nothing was changed.', {
      hint: 'Behind a proxy, set the public origin and the headers that Django expects.',
      ...(partlyDone ? { details: { partly_done: true } } : {}),
    });
  const { outcome } = done;
  if (outcome.kind === 'session_over') throw sessionOver(desk, partlyDone || !outcome.safeToRepeat);
  if (outcome.kind === 'throttled') throw throttled(outcome.retryAfter);
  if (outcome.kind === 'server_error')
    throw new GatewayError(
      'unknown_outcome',
      `Django failed while it worked (${outcome.status}).`,
      {
        hint: 'Look at the object before doing it again: a part may have been done.',
        details: { status: outcome.status },
      },
    );
  if (outcome.kind === 'too_large')
    throw new GatewayError('too_large', 'Django refused the form as too large (413).');
  return done;
};

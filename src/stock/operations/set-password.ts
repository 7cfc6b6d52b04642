import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { Answer } from '../../operations/upstream.ts';
import { validationFailed } from '../contract/errors.ts';
import { keyJson } from '../contract/key.ts';
import { messagesJson, saidIn } from '../contract/message.ts';
import { objectOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { messagesOf } from '../desk/drain.ts';
import { forbidden, invalid, notFound } from '../desk/refused.ts';
import { submit } from '../desk/submit.ts';
import { detailsOf, readHtml } from '../desk/visit.ts';
import { csrfTokenOf, successfulControls } from '../forms/successful.ts';
import type { FormPair } from '../forms/types.ts';
import { readPasswordPage } from '../pages/password-page.ts';
import type { PasswordPage } from '../pages/types/others.ts';

const own = new Set(['password', 'password1', 'password2', 'usable_password']);

/** Django 5.1 and later also ask whether the user has a password at all, and name the button. */
const pairsOf = (page: PasswordPage, password: string): FormPair[] => {
  const kept = successfulControls(page.form).filter(([name]) => !own.has(name));
  const names = new Set(page.form.controls.map(({ name }) => name));
  const typed = ['password', 'password1', 'password2'].filter((name) => names.has(name));
  const button = page.buttons.find(({ name }) => name === 'set-password');
  return [
    ...kept,
    ...(page.asksUsable ? [['usable_password', 'true'] as const] : []),
    ...typed.map((name) => [name, password] as const),
    ...(button === undefined ? [] : [[button.name, button.value] as const]),
  ];
};

/** Two requests: the password form and its post. */
export const setPassword = (input: Input<'set_password'>, desk: Desk): Promise<Answer> =>
  desk.caller.exclusive(async () => {
    const path = desk.at.password(objectOf(input));
    const page = await readHtml(desk, path, readPasswordPage);
    if (!page.form.controls.some(({ name }) => name === 'password1'))
      throw notFound('This model has no password form.');
    const done = await submit(desk, {
      path,
      referer: path,
      token: csrfTokenOf(page.form) ?? page.frame.csrfToken,
      pairs: pairsOf(page, input.password),
    });
    const said = saidIn(done);
    const { outcome } = done;
    if (outcome.kind === 'forbidden') throw forbidden();
    if (outcome.kind === 'returned')
      throw validationFailed(readPasswordPage(done.response.text, done.address).errors);
    // "Conflicting form data submitted": a redirect, and nothing was changed.
    if (outcome.kind === 'warned')
      throw invalid({}, { messages: messagesJson(said) }, 'The admin did not set the password.');
    if (outcome.kind !== 'done')
      throw new GatewayError('unknown_outcome', 'Whether the password was set cannot be told.', {
        details: detailsOf(outcome),
      });
    return {
      status: 200,
      body: {
        detail: 'Password set.',
        id: keyJson(input.pk),
        ...(await messagesOf(desk, done)),
      },
    };
  });

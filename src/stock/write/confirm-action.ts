import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { didYouMean } from '../../operations/nearest.ts';
import { deletionJson } from '../contract/deletion.ts';
import { validationFailed } from '../contract/errors.ts';
import type { Desk } from '../desk/desk.ts';
import { badRequest, refused } from '../desk/refused.ts';
import type { Selection } from '../desk/selection.ts';
import { submit } from '../desk/submit.ts';
import type { Visit } from '../desk/visit.ts';
import { overlay } from '../forms/overlay.ts';
import { csrfTokenOf } from '../forms/successful.ts';
import type { FormPair } from '../forms/types.ts';
import { readDeletePage } from '../pages/delete-page.ts';
import { readGenericPage } from '../pages/generic-page.ts';
import type { GenericForm } from '../pages/types/others.ts';
import { resolveHref } from '../pages/url.ts';
import { confirmationForm } from './action-answer.ts';
import { asInvalid } from './refuse-data.ts';
import { extraPairs } from './run-action.ts';
import { unhurried } from './unhurried.ts';

export interface ConfirmInput {
  readonly action_name: string;
  readonly inputs?: JsonObject | undefined;
}

/** The buttons' own choice, or the first one, which Enter would press. */
const buttonPair = (form: GenericForm, inputs: JsonObject): FormPair[] => {
  const named = form.buttons.filter(({ name }) => name !== '');
  const chosen = named.find(({ name }) => name in inputs) ?? form.buttons[0];
  return chosen === undefined || chosen.name === '' ? [] : [[chosen.name, chosen.value]];
};

const refuseBlocked = (step: Visit): void => {
  const page = readDeletePage(step.response.text, step.address);
  if (page.canDelete) return;
  const facts = deletionJson(page);
  throw page.protectedObjects.length > 0
    ? refused(409, 'protected', 'Other objects protect some of these from deletion.', facts)
    : refused(
        403,
        'forbidden',
        'This user may not delete everything that would go with them.',
        facts,
      );
};

/** The second step: the page's own form, filled in, for our keys and no others. */
export const confirmAction = async (
  desk: Desk,
  input: ConfirmInput,
  selection: Selection,
  step: Visit,
): Promise<Visit> => {
  if (input.action_name === 'delete_selected') refuseBlocked(step);
  const page = readGenericPage(step.response.text, step.address);
  const form = confirmationForm(page);
  if (form === undefined)
    throw new GatewayError('unsupported', 'The page of this action has no form to confirm with.');
  const buttons = new Set(form.buttons.map(({ name }) => name));
  const known = new Set(page.forms.flatMap(({ inputs }) => inputs.map(({ name }) => name)));
  // Those of the project's action form were sent with the first step.
  const sent = new Set(selection.list.actionInputs.map(({ name }) => name));
  const given = Object.entries(input.inputs ?? {}).filter(
    ([name]) => !buttons.has(name) && (known.has(name) || !sent.has(name)),
  );
  const stray = given.find(([name]) => !known.has(name));
  if (stray !== undefined)
    throw badRequest(
      `The page of this action asks for no "${stray[0]}". ${didYouMean(stray[0], [...known])}`,
    );
  const target = { form, fields: form.inputs, inlines: [] };
  const { pairs, files, multipart } = asInvalid(() => overlay(target, Object.fromEntries(given)));
  const path = resolveHref(step.address, form.action === '' ? step.address.path : form.action);
  if (path === undefined || !path.startsWith(desk.adminPath))
    throw new GatewayError(
      'unsupported',
      'The page of this action sends its form out of the admin.',
    );
  const carried = form.hidden.some(({ name }) => name === '_selected_action')
    ? selection.pairs
    : [];
  // Django checks its action form once more, and its own page for a deletion does not carry it on.
  const again = extraPairs(selection, input.inputs ?? {}).filter(([name]) => !known.has(name));
  return submit(unhurried(desk), {
    path,
    referer: step.address.path,
    token: csrfTokenOf(form) ?? page.frame.csrfToken,
    pairs: [
      // `_selected_action` is left out of the pairs: pages print keys in the site's number format.
      ...pairs.filter(([name]) => name !== 'select_across'),
      ...carried,
      ...again,
      ...buttonPair(form, input.inputs ?? {}),
    ],
    files,
    multipart,
  });
};

/** Errors on the page that came back after it was filled in. */
export const throwErrors = (done: Visit): void => {
  if (done.outcome.kind !== 'returned') return;
  const form = confirmationForm(readGenericPage(done.response.text, done.address));
  if (form?.errors.any === true) throw validationFailed(form.errors);
};

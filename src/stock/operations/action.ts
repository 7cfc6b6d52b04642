import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { didYouMean } from '../../operations/nearest.ts';
import type { Answer } from '../../operations/upstream.ts';
import { deletionJson } from '../contract/deletion.ts';
import { validationFailed } from '../contract/errors.ts';
import { keyJson } from '../contract/key.ts';
import { modelOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { openForm, stockForm } from '../desk/open-form.ts';
import { badRequest, notFound, refused } from '../desk/refused.ts';
import { checked, type Selection, selectionOf } from '../desk/selection.ts';
import { submit } from '../desk/submit.ts';
import type { Visit } from '../desk/visit.ts';
import { overlay } from '../forms/overlay.ts';
import { csrfTokenOf } from '../forms/successful.ts';
import type { FormPair } from '../forms/types.ts';
import { readDeletePage } from '../pages/delete-page.ts';
import { readGenericPage } from '../pages/generic-page.ts';
import type { GenericForm } from '../pages/types/others.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { resolveHref } from '../pages/url.ts';
import { actionAnswer, confirmationForm, type Ran } from '../write/action-answer.ts';
import { asInvalid } from '../write/refuse-data.ts';

type ActionInput = Input<'action'>;

const unknownAction = (name: string, known: readonly string[]) =>
  refused(
    404,
    'unknown_action',
    `There is no action "${name}" for this user. ${didYouMean(name, known)}`,
    { actions: [...known] },
  );

/** Inputs that the project's action form adds beside the action, and the caller's values for them. */
const extraPairs = ({ list }: Selection, inputs: JsonObject): FormPair[] => {
  const { form, actionInputs } = list;
  const names = new Set(actionInputs.map(({ name }) => name));
  const own = Object.fromEntries(Object.entries(inputs).filter(([name]) => names.has(name)));
  if (form === null || names.size === 0) return [];
  const { pairs } = asInvalid(() => overlay({ form, fields: actionInputs, inlines: [] }, own));
  return pairs.filter(([name]) => names.has(name.replace(/_\d+$/, '')) || names.has(name));
};

const runOnList = (desk: Desk, input: ActionInput, selection: Selection): Promise<Visit> => {
  const { form, frame } = selection.list;
  return submit(desk, {
    path: selection.path,
    referer: selection.referer,
    token: (form === null ? undefined : csrfTokenOf(form)) ?? frame.csrfToken,
    pairs: [
      ...extraPairs(selection, input.inputs ?? {}),
      ['action', input.action_name],
      ['index', '0'],
      ...selection.pairs,
    ],
  });
};

/** Django 6.1: actions of the object's own page. No `_save` may go with them, or nothing runs. */
const runOnObject = async (
  desk: Desk,
  model: ModelRef,
  pk: string,
  name: string,
): Promise<{ readonly done: Visit | undefined; readonly known: readonly string[] }> => {
  const open = await openForm(desk, model, pk);
  const known = open.page.actions.map((each) => each.name);
  if (!known.includes(name)) return { done: undefined, known };
  const done = await submit(desk, {
    path: open.path,
    referer: open.path,
    token: csrfTokenOf(stockForm(open)) ?? open.page.frame.csrfToken,
    pairs: [['CHANGE_FORM-action', name], ['CHANGE_FORM-select_across', '0'], checked(pk)],
  });
  return { done, known };
};

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
const confirm = async (
  desk: Desk,
  input: ActionInput,
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
  const given = Object.entries(input.inputs ?? {}).filter(([name]) => !buttons.has(name));
  const stray = given.find(([name]) => !known.has(name) && step.outcome.kind === 'returned');
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
  return submit(desk, {
    path,
    referer: step.address.path,
    token: csrfTokenOf(form) ?? page.frame.csrfToken,
    pairs: [
      // `_selected_action` is left out of the pairs: pages print keys in the site's number format.
      ...pairs.filter(([name]) => name !== 'select_across'),
      ...carried,
      ...buttonPair(form, input.inputs ?? {}),
    ],
    files,
    multipart,
  });
};

/** Errors on the page that came back after it was filled in. */
const throwErrors = (done: Visit): void => {
  if (done.outcome.kind !== 'returned') return;
  const form = confirmationForm(readGenericPage(done.response.text, done.address));
  if (form?.errors.any === true) throw validationFailed(form.errors);
};

/**
 * Two requests: the list of just these rows, which tells whether action and keys are there,
 * and the action. A confirmed one that asks first takes one more, for the page's own form.
 */
export const action = (input: ActionInput, desk: Desk): Promise<Answer> =>
  desk.caller.exclusive(async () => {
    const model = modelOf(input);
    const selection = await selectionOf(desk, model, input);
    if (selection.missing.length > 0)
      throw notFound('Some keys name no object, so the action was not run.', {
        missing: selection.missing.map(keyJson),
      });
    const { pks } = selection;
    const ran: Ran = {
      action: input.action_name,
      pks: pks.map(keyJson),
      ...(input.across === undefined ? {} : { matched: selection.matched }),
    };
    const listed = selection.list.actions.map(({ name }) => name);
    const [only] = pks;
    let first: Visit | undefined;
    if (listed.includes(input.action_name)) first = await runOnList(desk, input, selection);
    else if (pks.length === 1 && only !== undefined) {
      const own = await runOnObject(desk, model, only, input.action_name);
      if (own.done === undefined) throw unknownAction(input.action_name, [...listed, ...own.known]);
      first = own.done;
    }
    if (first === undefined) throw unknownAction(input.action_name, listed);
    if (first.outcome.kind !== 'returned' || input.confirmed !== true)
      return actionAnswer(desk, ran, first);
    const second = await confirm(desk, input, selection, first);
    throwErrors(second);
    return actionAnswer(desk, ran, second);
  });

import type { JsonObject } from '../../operations/json.ts';
import { didYouMean } from '../../operations/nearest.ts';
import type { Desk } from '../desk/desk.ts';
import { type OpenForm, openForm, stockForm } from '../desk/open-form.ts';
import { refused } from '../desk/refused.ts';
import { checked, type Selection } from '../desk/selection.ts';
import { submit } from '../desk/submit.ts';
import type { Visit } from '../desk/visit.ts';
import { overlay } from '../forms/overlay.ts';
import { csrfTokenOf } from '../forms/successful.ts';
import type { FormPair } from '../forms/types.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { asInvalid } from './refuse-data.ts';
import { unhurried } from './unhurried.ts';

/** Where an action is run: in the list, or (Django 6.1) on the object's own page. */
export type Place =
  | { readonly kind: 'list' }
  | { readonly kind: 'object'; readonly open: OpenForm };

const unknownAction = (name: string, known: readonly string[]) =>
  refused(
    404,
    'unknown_action',
    `There is no action "${name}" for this user. ${didYouMean(name, known)}`,
    { actions: [...known] },
  );

/**
 * Where this user has the action. One request more where the list does not have it.
 *
 * @throws Refused 404 `unknown_action`
 */
export const placeOf = async (
  desk: Desk,
  model: ModelRef,
  { list, pks, across }: Selection,
  name: string,
): Promise<Place> => {
  const listed = list.actions.map((each) => each.name);
  if (listed.includes(name)) return { kind: 'list' };
  const [only] = pks;
  if (across !== null || pks.length !== 1 || only === undefined) throw unknownAction(name, listed);
  const open = await openForm(desk, model, only);
  const own = open.page.actions.map((each) => each.name);
  if (!own.includes(name)) throw unknownAction(name, [...listed, ...own]);
  return { kind: 'object', open };
};

/** Inputs that the project's action form adds beside the action, and the caller's values for them. */
export const extraPairs = ({ list }: Selection, inputs: JsonObject): FormPair[] => {
  const { form, actionInputs } = list;
  const names = new Set(actionInputs.map(({ name }) => name));
  const own = Object.fromEntries(Object.entries(inputs).filter(([name]) => names.has(name)));
  if (form === null || names.size === 0) return [];
  const { pairs } = asInvalid(() => overlay({ form, fields: actionInputs, inlines: [] }, own));
  return pairs.filter(([name]) => names.has(name.replace(/_\d+$/, '')) || names.has(name));
};

/** Runs an action of the list; without a name, none, which only makes Django say so. */
export const runOnList = (
  desk: Desk,
  selection: Selection,
  name: string,
  inputs: JsonObject,
): Promise<Visit> => {
  const { form, frame } = selection.list;
  return submit(unhurried(desk), {
    path: selection.path,
    referer: selection.referer,
    token: (form === null ? undefined : csrfTokenOf(form)) ?? frame.csrfToken,
    pairs: [...extraPairs(selection, inputs), ['action', name], ['index', '0'], ...selection.pairs],
  });
};

/** No `_save` may go with an action of the object's own page, or nothing runs. */
const runOnObject = (desk: Desk, open: OpenForm, name: string): Promise<Visit> =>
  submit(unhurried(desk), {
    path: open.path,
    referer: open.path,
    token: csrfTokenOf(stockForm(open)) ?? open.page.frame.csrfToken,
    pairs: [
      ['CHANGE_FORM-action', name],
      ['CHANGE_FORM-select_across', '0'],
      checked(open.pk ?? ''),
    ],
  });

export const runAction = (
  desk: Desk,
  selection: Selection,
  place: Place,
  name: string,
  inputs: JsonObject,
): Promise<Visit> =>
  place.kind === 'list'
    ? runOnList(desk, selection, name, inputs)
    : runOnObject(desk, place.open, name);

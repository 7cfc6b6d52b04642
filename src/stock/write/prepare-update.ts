import type { Input } from '../../operations/catalogue.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Version } from '../../operations/version.ts';
import { objectOf } from '../contract/model.ts';
import type { Desk } from '../desk/desk.ts';
import { type OpenForm, openForm, stockForm } from '../desk/open-form.ts';
import { forbidden } from '../desk/refused.ts';
import { type Overlay, overlay } from '../forms/overlay.ts';
import type { Hazard } from '../forms/types.ts';
import type { ObjectRef, SubmitButton } from '../pages/types/shared.ts';
import { pressed } from './button.ts';
import { checkVersion } from './check-version.ts';
import { realHazards } from './hazard-refusal.ts';
import { asInvalid } from './refuse-data.ts';
import { type ReadyInList, readyInList } from './update-in-list.ts';
import { verifyBlanks } from './verify-blanks.ts';
import { verifyRows } from './verify-rows.ts';
import { type Verified, verifyTimes, withTimes } from './verify-times.ts';

export interface UpdateInput extends Input<'update'> {
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Whether data may name one of the project's own buttons. */
  readonly withButtons?: boolean | undefined;
}

/** How an object can be changed without damage to what nobody mentioned, if at all. */
export type Way =
  | { readonly kind: 'form' }
  | { readonly kind: 'list'; readonly ready: ReadyInList }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly hazards: readonly Hazard[] };

/** A change that is worked out, of which nothing has been sent. */
export interface PreparedUpdate {
  readonly object: ObjectRef;
  readonly open: OpenForm;
  /** Without the button. */
  readonly data: JsonObject;
  readonly filled: Overlay;
  readonly button: SubmitButton;
  /** The button is one of the project's own. */
  readonly isCustom: boolean;
  readonly way: Way;
}

/** What posting the form back would damage after all that can be looked up was. */
const verified = async (
  desk: Desk,
  object: ObjectRef,
  open: OpenForm,
  filled: Overlay,
  data: JsonObject,
): Promise<Verified> => {
  const { fields, inlines } = open.page;
  const hazards = realHazards(filled.hazards, filled.changed);
  const lost = hazards.filter(({ kind }) => kind !== 'precision');
  // Looking things up is not worth it where the form cannot be saved anyway.
  if (lost.length > 0) return { hazards: lost, times: new Map() };
  const { pk, ...model } = object;
  const touched = new Set(Object.keys(data));
  const blanks = [
    ...(await verifyBlanks(desk, model, [{ pk, fields, touched }])),
    ...(await verifyRows(desk, inlines, filled)),
  ];
  if (blanks.length > 0) return { hazards: blanks, times: new Map() };
  return verifyTimes(desk, object, fields, hazards);
};

/**
 * Reads the form and works out how the change is to be made. One request; more where values
 * have to be looked up that the form does not show.
 */
export const prepareUpdate = async (
  desk: Desk,
  input: UpdateInput,
  version: Version | undefined,
): Promise<PreparedUpdate> => {
  const object = objectOf(input);
  const { pk, ...model } = object;
  const open = await openForm(desk, model, pk, input.query);
  stockForm(open);
  const { page } = open;
  if (page.mode === 'view') throw forbidden();
  await checkVersion(desk, open, version);
  const { button, data, isCustom } = pressed(page, input.data, input.withButtons === true);
  const filled = asInvalid(() => overlay(page, data, { timeZone: page.frame.timeZone }));
  const prepared = { object, open, data, filled, button, isCustom };
  // Saving what is there already would only add "No fields changed." to the log.
  if (filled.changed.length === 0 && !isCustom) return { ...prepared, way: { kind: 'nothing' } };
  const { hazards, times } = await verified(desk, object, open, filled, data);
  const exact = { ...filled, pairs: withTimes(filled.pairs, times) };
  if (hazards.length === 0) return { ...prepared, filled: exact, way: { kind: 'form' } };
  const ready = isCustom ? undefined : await readyInList(desk, object, data);
  return {
    ...prepared,
    way: ready === undefined ? { kind: 'refused', hazards } : { kind: 'list', ready },
  };
};

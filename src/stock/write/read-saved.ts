import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import { valueJson } from '../contract/field.ts';
import type { Query } from '../desk/addresses.ts';
import type { Desk } from '../desk/desk.ts';
import { type OpenForm, openForm, stockForm } from '../desk/open-form.ts';
import { Refused } from '../desk/refused.ts';
import { overlay } from '../forms/overlay.ts';
import type { ObjectRef } from '../pages/types/shared.ts';

/** Fields whose value is not what was sent: a hook or a `clean` made another of it. */
export const adjustedJson = (after: OpenForm, data: JsonObject): JsonObject => {
  const { inlines: _, ...own } = data;
  const comparable = after.page.fields.filter(
    ({ name, widget, readonly }) =>
      name in own && widget.kind !== 'password' && widget.kind !== 'file' && !readonly,
  );
  const adjusted = comparable.filter((field) => {
    const given = { [field.name]: own[field.name] ?? null };
    try {
      return (
        overlay({ ...after.page, inlines: [] }, given, { timeZone: after.page.frame.timeZone })
          .changed.length > 0
      );
    } catch {
      return false;
    }
  });
  return Object.fromEntries(adjusted.map((field) => [field.name, valueJson(field)]));
};

/** The page of what was saved; undefined where it fails, which says nothing of the save. */
export const readSaved = async (
  desk: Desk,
  { pk, ...model }: ObjectRef,
  query: Query | undefined,
): Promise<OpenForm | undefined> => {
  try {
    const after = await openForm(desk, model, pk, query, true);
    stockForm(after);
    return after;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    // The end of the session and a time limit too: none of them undoes the save.
    if (error instanceof GatewayError && error.reason !== 'internal') return undefined;
    throw error;
  }
};

import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Hazard } from '../forms/types.ts';

const why: Readonly<Record<Hazard['kind'], string>> = {
  password_wiped: 'its input shows no value, and saving the form would empty it',
  precision: 'the form shows it without its fraction of a second, which saving would drop',
  whitespace: 'it starts or ends with whitespace, which saving would strip',
  blank_to_null: 'it is stored as a blank, of which saving would make NULL',
  null_to_blank: 'it is stored as NULL, of which saving would make a blank text',
};

/** Why each field would be damaged, by its name. */
export const hazardsJson = (hazards: readonly Hazard[]): JsonObject =>
  Object.fromEntries(hazards.map(({ field, kind }) => [field, [why[kind]]]));

/**
 * The refusal of a change that would damage fields nobody mentioned. A field that the caller gives
 * as well, even with the value it has, is no longer untouched: that is the way on.
 */
export const hazardRefusal = (hazards: readonly Hazard[]): GatewayError => {
  const names = [...new Set(hazards.map(({ field }) => field))];
  return new GatewayError(
    'unsupported',
    'Saving this form would change fields that were not mentioned; nothing was changed.',
    {
      hint: `To accept that, give these fields in data too, each with the value it is to have: ${names.join(', ')}.`,
      details: { fields: hazardsJson(hazards) },
    },
  );
};

/** @throws GatewayError `unsupported`, where there is any hazard */
export const refuseHazards = (hazards: readonly Hazard[]): void => {
  if (hazards.length > 0) throw hazardRefusal(hazards);
};

/** A row that is not changed is not saved, so only changed rows lose precision. */
export const realHazards = (
  hazards: readonly Hazard[],
  changed: readonly string[],
): readonly Hazard[] =>
  hazards.filter(({ kind, field }) => {
    const row = /^.+-\d+-/.exec(field)?.[0];
    return (
      kind !== 'precision' || row === undefined || changed.some((name) => name.startsWith(row))
    );
  });

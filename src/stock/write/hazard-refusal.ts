import { GatewayError } from '../../operations/errors.ts';
import { isSensitive } from '../contract/sensitive.ts';
import type { Hazard } from '../forms/types.ts';

const why: Readonly<Record<Hazard['kind'], string>> = {
  password_wiped: 'its input shows no value, and saving the form would empty it',
  precision: 'the form shows it without its fraction of a second, which saving would drop',
  whitespace: 'it starts or ends with whitespace, which saving would strip',
};

/**
 * Refuses a change that would damage fields nobody mentioned. A field that the caller gives
 * as well, even with the value it has, is no longer untouched: that is the way on.
 *
 * @throws GatewayError `unsupported`
 */
export const refuseHazards = (hazards: readonly Hazard[]): void => {
  if (hazards.length === 0) return;
  const names = [...new Set(hazards.map(({ field }) => field))];
  const isSecret = names.some(isSensitive);
  throw new GatewayError(
    'unsupported',
    'Saving this form would change fields that were not mentioned; nothing was changed.',
    {
      hint: isSecret
        ? 'Fields with a secret-looking name cannot be set here; a person has to save this form.'
        : `To accept that, give these fields in data too, each with the value it is to have: ${names.join(', ')}.`,
      details: {
        fields: Object.fromEntries(hazards.map(({ field, kind }) => [field, [why[kind]]])),
      },
    },
  );
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

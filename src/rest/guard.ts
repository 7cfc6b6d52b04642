import { GatewayError } from '../operations/errors.ts';
import { type Controls, hiddenIn, isDrawn, isSplit } from './controls.ts';
import type { Field } from './fields.ts';

const split =
  'drawn as several controls (a date and a time), which django-admin-rest-api leaves empty';

const isTemporal = (field: Field): boolean => field.type === 'datetime';

/** Editable fields whose value the package does not pass on to the form, each with why. */
const lostFields = (fields: readonly Field[], controls: Controls): ReadonlyMap<string, string> => {
  const lost = new Map<string, string>();
  for (const field of fields) {
    if (field.type === 'range') continue; // the one split value that 1.8.1 takes apart
    if (isSplit(controls.own, field.name)) lost.set(field.name, split);
    // The admin's own widget for it is split, so one that the page does not show counts as such.
    else if (isTemporal(field) && !isDrawn(controls.own, field.name))
      lost.set(field.name, 'a date and time that the form page does not show');
  }
  return lost;
};

/** Whether the page shows the form at all: one with a template of its own may show nothing. */
const isBlind = (fields: readonly Field[], controls: Controls): boolean =>
  fields.length > 0 && !fields.some((field) => isDrawn(controls.own, field.name));

const refuse = (message: string, reasons: ReadonlyMap<string, string>): never => {
  throw new GatewayError('unsupported', message, {
    hint: 'Run the gateway with --upstream stock, which posts the form as a browser does. Nothing was changed.',
    details: { fields: Object.fromEntries(reasons) },
  });
};

/**
 * Refuses an update after which a field that nobody mentioned would be lost. The package
 * saves the whole form, from a dictionary that lacks every field it hides and every field
 * that has several controls; Django takes the lack for "empty".
 *
 * @throws GatewayError `unsupported`, with the fields and why in `details`
 */
export const refuseDamage = (fields: readonly Field[], controls: Controls): void => {
  if (isBlind(fields, controls))
    refuse(
      'The form page of this object shows none of its fields, so it is not known which of them django-admin-rest-api would empty.',
      new Map(),
    );
  const lost = new Map(lostFields(fields, controls));
  for (const name of hiddenIn(controls.own))
    lost.set(
      name,
      'hidden by django-admin-rest-api because of its name, which empties it on every write',
    );
  if (lost.size > 0)
    refuse(
      'django-admin-rest-api would empty fields of this object that the change does not mention.',
      lost,
    );
};

/**
 * Refuses an add form that cannot be filled in: nothing is there to be damaged, but a value
 * would be dropped, or a required field stay empty.
 *
 * @throws GatewayError `unsupported`
 */
export const refuseLoss = (
  fields: readonly Field[],
  controls: Controls,
  given: ReadonlySet<string>,
): void => {
  const lost = new Map(
    [...lostFields(fields, controls)].filter(
      ([name]) => given.has(name) || fields.some((field) => field.name === name && field.required),
    ),
  );
  if (lost.size > 0) refuse('django-admin-rest-api cannot fill in all of this add form.', lost);
};

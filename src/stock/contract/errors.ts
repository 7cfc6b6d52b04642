import type { JsonObject } from '../../operations/json.ts';
import { invalid, type Refused } from '../desk/refused.ts';
import type { FormErrors, InlineErrors } from '../pages/types/form-page.ts';
import { keyJson } from './key.ts';

const inlineJson = ({ formset, rows }: InlineErrors): JsonObject => ({
  non_form: [...formset],
  rows: rows.map(({ index, pk, nonField, fields }) => ({
    index,
    pk: pk === null ? null : keyJson(pk),
    fields: {
      ...(nonField.length === 0 ? {} : { '': [...nonField] }),
      ...Object.fromEntries(Object.entries(fields).map(([name, texts]) => [name, [...texts]])),
    },
  })),
});

const isEmpty = ({ formset, rows }: InlineErrors): boolean =>
  formset.length === 0 && rows.length === 0;

/** Errors by field, as the contract keys them: `''` is the form as a whole, `inlines` by prefix. */
export const errorsJson = (errors: FormErrors): JsonObject => {
  const inlines = Object.entries(errors.inlines).filter(([, each]) => !isEmpty(each));
  return {
    ...(errors.nonField.length === 0 ? {} : { '': [...errors.nonField] }),
    ...Object.fromEntries(Object.entries(errors.fields).map(([name, texts]) => [name, [...texts]])),
    ...(inlines.length === 0
      ? {}
      : {
          inlines: Object.fromEntries(inlines.map(([prefix, each]) => [prefix, inlineJson(each)])),
        }),
  };
};

/** The answer for a form that came back. A page that does not say what is wrong is no success. */
export const validationFailed = (errors: FormErrors): Refused => {
  const fields = errorsJson(errors);
  if (Object.keys(fields).length > 0) return invalid(fields);
  return invalid(
    {},
    errors.note === null ? {} : { note: errors.note },
    'The admin showed the form again without saying which field is wrong; nothing was saved.',
  );
};

import type { JsonObject } from '../../operations/json.ts';
import type { FormPage } from '../pages/types/form-page.ts';
import type { SubmitButton } from '../pages/types/shared.ts';

/**
 * The button with the fewest consequences: `_continue` comes back to the object, where its key
 * is to be read, and skips `response_post_save_*`. Django takes it from users to whom it does
 * not show it as well.
 */
const continueButton: SubmitButton = { name: '_continue', value: '1', label: null };

const isPress = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && value !== '');

/**
 * The button to press, and the data without it. Data may name one of the project's own
 * buttons, as `form_spec` lists them: `{"_approve": true}`.
 */
export const pressed = (
  page: FormPage,
  data: JsonObject,
  withButtons: boolean,
): { readonly button: SubmitButton; readonly data: JsonObject; readonly isCustom: boolean } => {
  const own = page.extraButtons.find(({ name }) => withButtons && isPress(data[name]));
  const isField = own !== undefined && page.fields.some(({ name }) => name === own.name);
  if (own === undefined || isField) return { button: continueButton, data, isCustom: false };
  const { [own.name]: _, ...rest } = data;
  return { button: own, data: rest, isCustom: true };
};

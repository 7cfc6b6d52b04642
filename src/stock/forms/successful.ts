import type { Control, FormPair, HtmlForm } from './types.ts';

const buttons = new Set(['submit', 'button', 'reset', 'image']);

export const isButton = (control: Control): boolean =>
  control.tag === 'button' || buttons.has(control.type);

/**
 * Names that must never travel back with a form's data:
 *
 * - the CSRF token, which the sender adds itself
 * - the form's own actions (Django 6.1): with `CHANGE_FORM-action` present and no `_save`, the
 *   admin runs the action and saves nothing
 * - `_selected_action`, which makes any post to a changelist an action
 * - the row that scripts copy, `<prefix>-__prefix__-<field>`
 * - `actionName`, which simpleui adds
 */
const isNeverPosted = (name: string): boolean =>
  name === '' ||
  name === 'csrfmiddlewaretoken' ||
  name === '_selected_action' ||
  name === 'actionName' ||
  name.startsWith('CHANGE_FORM-') ||
  name.includes('-__prefix__-');

const selectedValues = (control: Control): string[] => {
  const chosen = control.options.filter((option) => option.selected);
  if (control.type === 'select-multiple')
    return chosen.filter((option) => !option.disabled).map((option) => option.value);
  // A browser shows the last one marked, or else the first that can be chosen.
  const shown = chosen.at(-1) ?? control.options.find((option) => !option.disabled);
  return shown === undefined || shown.disabled ? [] : [shown.value];
};

/** The values that one control contributes (HTML 4.10.21.4); none for buttons and files. */
export const controlValues = (control: Control): readonly string[] => {
  if (control.disabled || isButton(control) || control.type === 'file') return [];
  if (control.tag === 'select') return selectedValues(control);
  if (control.type === 'checkbox' || control.type === 'radio')
    return control.checked ? [control.value] : [];
  return [control.value];
};

/**
 * What a browser would post of this form without a button, minus {@link isNeverPosted}.
 * Values keep their carriage returns: a browser sends CRLF and Django stores what it gets.
 */
export const successfulControls = (form: HtmlForm): FormPair[] =>
  form.controls.flatMap((control) =>
    isNeverPosted(control.name)
      ? []
      : controlValues(control).map((value): FormPair => [control.name, value]),
  );

/** The form's hidden CSRF token. */
export const csrfTokenOf = (form: HtmlForm): string | undefined =>
  form.controls.find((control) => control.name === 'csrfmiddlewaretoken')?.value;

/** The buttons that submit the form, as they stand. */
export const submitButtons = (
  form: HtmlForm,
): { readonly name: string; readonly value: string; readonly label: string | null }[] =>
  form.controls
    .filter((control) => control.type === 'submit' || control.type === 'image')
    .filter((control) => !control.disabled)
    .map(({ name, value, label }) => ({ name, value, label }));

import { type HtmlElement, hasClass, isInside } from '../../../html/element.ts';
import { type Page, within } from '../../../html/page.ts';
import type { PageForm } from '../../forms/controls.ts';
import type { FormField } from '../types/field.ts';
import type { FormErrors, Inline } from '../types/form-page.ts';
import type { PageAddress } from '../types/shared.ts';
import type { PlacedField } from './fieldsets.ts';
import { readFormErrors } from './form-errors.ts';
import { displayGroup, fieldControls, groupControls } from './group.ts';
import { placeIn, readManagement } from './inline-group.ts';
import { readInline } from './inlines.ts';
import { readField } from './read-field.ts';
import { scopeFields } from './scope.ts';

export interface FormFields {
  readonly placed: readonly PlacedField[];
  readonly fields: readonly FormField[];
  readonly inlines: readonly Inline[];
  readonly errors: FormErrors;
}

const isDisplay = (element: HtmlElement): boolean =>
  hasClass(element, 'readonly') || hasClass(element, 'grp-readonly');

const managementName = /-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;

/** All fields of one form: its own, and those of the formsets in it. */
export const readFormFields = (
  page: Page,
  address: PageAddress,
  pageForm: PageForm,
): FormFields => {
  const { element: form } = pageForm;
  const controls = fieldControls(pageForm);
  const formsets = readManagement(page, controls);
  const inInline = (element: HtmlElement): boolean =>
    formsets.some((formset) => formset.element !== undefined && isInside(element, formset.element));
  const own = controls.filter(
    ({ control: { name } }) =>
      !managementName.test(name) && !formsets.some(({ prefix }) => placeIn(prefix, name)),
  );
  const displays = within(page, form, isDisplay).filter((element) => !inInline(element));
  const scopes = scopeFields([
    ...groupControls(own),
    ...displays.map((each) => displayGroup(each)),
  ]);
  const placed = scopes.map((scoped) => ({ scoped, field: readField(page, address, scoped) }));
  const fields = placed.map(({ field }) => field);
  const inlines = formsets.map((formset) => ({
    inline: readInline(page, address, formset, controls),
    element: formset.element,
  }));
  return {
    placed,
    fields,
    inlines: inlines.map(({ inline }) => inline),
    errors: readFormErrors(page, form, fields, scopes, inlines),
  };
};

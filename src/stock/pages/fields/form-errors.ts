import { attribute, type HtmlElement, hasClass, isInside } from '../../../html/element.ts';
import { classed, type Page, tagged, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { FormField } from '../types/field.ts';
import type { FormErrors, Inline, InlineErrors } from '../types/form-page.ts';
import { errorTexts, isErrorList, listBefore } from './around.ts';
import type { ScopedField } from './scope.ts';

/** Errors by field name; fields without any are left out. */
export const fieldErrors = (fields: readonly FormField[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    fields.filter(({ errors }) => errors.length > 0).map(({ name, errors }) => [name, errors]),
  );

const inlineErrors = ({ errors, rows }: Inline): InlineErrors => ({
  formset: errors,
  rows: rows
    .map((row) => ({
      index: row.index,
      pk: row.pk,
      nonField: row.errors,
      fields: fieldErrors(row.fields),
    }))
    .filter(({ nonField, fields }) => nonField.length > 0 || Object.keys(fields).length > 0),
});

const hasErrors = ({ formset, rows }: InlineErrors): boolean =>
  formset.length > 0 || rows.length > 0;

/** "Please correct the errors below.": a paragraph; jazzmin an alert, simpleui an attribute. */
export const readErrorNote = (page: Page): string | null => {
  const note =
    classed(page, 'errornote').find((at) => at.tag === 'p') ?? classed(page, 'errornote')[0];
  const alert = classed(page, 'alert-danger').find((at) => !hasClass(at, 'alert-dismissible'));
  const found = note ?? alert;
  if (found !== undefined) return visibleText(found) || null;
  const vue = tagged(page, 'el-alert').find((at) => attribute(at, 'type') === 'error');
  return (vue && attribute(vue, 'title')?.trim()) || null;
};

/** Errors of the form as a whole where a theme does not use Django's list. */
const themedErrors = (page: Page, form: HtmlElement): string[] =>
  [
    ...classed(page, 'errornote').filter((at) => at.tag === 'div'),
    ...classed(page, 'alert-danger').filter(
      (at) => hasClass(at, 'alert-dismissible') && isInside(at, form),
    ),
  ].map((at) => visibleText(at));

const isIn = (element: HtmlElement, container: HtmlElement | undefined): boolean =>
  container !== undefined && element.index >= container.index && element.index <= container.last;

/** Everything that a form which came back says is wrong. */
export const readFormErrors = (
  page: Page,
  form: HtmlElement,
  fields: readonly FormField[],
  scopes: readonly ScopedField[],
  inlines: readonly { readonly inline: Inline; readonly element: HtmlElement | undefined }[],
): FormErrors => {
  const lists = within(page, form, isErrorList).filter(
    (list) =>
      !scopes.some(
        ({ scope }) => scope !== undefined && (isIn(list, scope) || listBefore(scope) === list),
      ) && !inlines.some(({ element }) => isIn(list, element)),
  );
  const listed = lists.flatMap((list) => errorTexts(page, list));
  const nonField = listed.length > 0 ? listed : themedErrors(page, form);
  const byInline = inlines
    .map(({ inline }) => [inline.prefix, inlineErrors(inline)] as const)
    .filter(([, errors]) => hasErrors(errors));
  const note = readErrorNote(page);
  const byField = fieldErrors(fields);
  const isAnyInvalid =
    within(page, form, (at) => attribute(at, 'aria-invalid') === 'true').length > 0;
  return {
    any:
      note !== null ||
      isAnyInvalid ||
      nonField.length > 0 ||
      byInline.length > 0 ||
      Object.keys(byField).length > 0,
    note,
    nonField,
    fields: byField,
    inlines: Object.fromEntries(byInline),
  };
};

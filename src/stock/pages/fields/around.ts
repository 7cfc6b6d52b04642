import { attribute, closest, type HtmlElement, hasClass, isInside } from '../../../html/element.ts';
import { firstWithin, innerHtml, type Page, tagged, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { ScopedField } from './scope.ts';

/** Django adds a colon (its translation) to a label; "*" is unfold's mark of a required field. */
export const cleanLabel = (text: string): string =>
  text.replace(/[\s*]*[\s\u00a0]*[:：]?$/u, '').trim();

const idsOf = ({ group }: ScopedField): string[] => [
  `id_${group.controlName ?? group.name}`,
  ...group.controls.flatMap(({ control }) => control.id ?? []),
];

/** Labels of single choices stand around or beside their radio button or checkbox. */
const isChoiceLabel = (element: HtmlElement, field: ScopedField): boolean =>
  field.group.controls.length > 1 &&
  field.group.controls.some(
    ({ control, element: input }) =>
      (control.type === 'radio' || control.type === 'checkbox') &&
      (closest(input, (at) => at === element) !== undefined ||
        // Before Django 4.0 the group's own label names the first choice, and stands before it.
        (control.id !== null &&
          attribute(element, 'for') === control.id &&
          element.index > input.index)),
  );

/**
 * The element that names a field. `legend` first: since Django 6.1 the labels inside a group
 * are those of its parts ("Date:").
 */
export const labelElement = (page: Page, field: ScopedField): HtmlElement | undefined => {
  const { scope } = field;
  if (scope === undefined) return undefined;
  const legend = firstWithin(page, scope, (at) => at.tag === 'legend');
  if (legend !== undefined) return legend;
  const clearId = field.group.clear?.control.id;
  const labels = within(
    page,
    scope,
    (at) =>
      at.tag === 'label' &&
      !isChoiceLabel(at, field) &&
      (clearId == null || attribute(at, 'for') !== clearId),
  );
  const ids = idsOf(field);
  const isNamed = (label: HtmlElement): boolean => ids.includes(attribute(label, 'for') ?? '');
  // jazzmin puts the labels of a row of several fields outside of the fields.
  const first = field.group.controls[0]?.element;
  return (
    labels.find(isNamed) ??
    labels.find((label) => first !== undefined && isInside(first, label)) ??
    labels[0] ??
    tagged(page, 'label').find((label) => isNamed(label) && !isChoiceLabel(label, field))
  );
};

/** `label.required`; jazzmin and unfold write a red star instead or as well. */
export const isRequiredLabel = (page: Page, label: HtmlElement): boolean =>
  hasClass(label, 'required') ||
  firstWithin(page, label, (at) => at.tag === 'span' && visibleText(at) === '*') !== undefined;

/** jazzmin writes help and errors into blocks of the same class; the red ones are errors. */
const isRedBlock = (element: HtmlElement): boolean =>
  hasClass(element, 'help-block') && (hasClass(element, 'red') || hasClass(element, 'text-red'));

const isHelp = (element: HtmlElement): boolean =>
  (hasClass(element, 'help') || hasClass(element, 'grp-help') || hasClass(element, 'help-block')) &&
  !isRedBlock(element);

const describing = (page: Page, field: ScopedField): HtmlElement | undefined => {
  for (const { element } of field.group.controls)
    for (const id of (attribute(element, 'aria-describedby') ?? '').split(/\s+/))
      if (id.endsWith('_helptext') && !id.endsWith('_timezone_warning_helptext')) {
        const found = page.byId.get(id);
        if (found !== undefined) return found;
      }
  return undefined;
};

/** Help text: what `aria-describedby` names (Django ≥ 4.2), or a `.help` in the field's scope. */
export const readHelp = (
  page: Page,
  field: ScopedField,
): { readonly helpText: string; readonly helpHtml: string } => {
  const { scope } = field;
  const found =
    describing(page, field) ??
    (scope && firstWithin(page, scope, (at) => isHelp(at) && visibleText(at) !== ''));
  if (found === undefined) return { helpText: '', helpHtml: '' };
  // Django ≥ 4.2 wraps the text once more.
  const parts = found.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const [only] = parts;
  const inner =
    parts.length === 1 && only !== undefined && typeof only !== 'string' && only.tag === 'div'
      ? only
      : found;
  return { helpText: visibleText(inner), helpHtml: innerHtml(page, inner).trim() };
};

/** The texts of one list of errors; `<br>` and markup in an error are read as text. */
export const errorTexts = (page: Page, list: HtmlElement): string[] => {
  const items = within(page, list, (at) => at.tag === 'li');
  const texts = items.length > 0 ? items.map((item) => visibleText(item)) : [visibleText(list)];
  return texts.filter((text) => text !== '');
};

export const isErrorList = (element: HtmlElement): boolean => hasClass(element, 'errorlist');

/** Lists of a whole form, row or formset. */
export const isWholeErrorList = (element: HtmlElement): boolean =>
  isErrorList(element) && (hasClass(element, 'nonfield') || hasClass(element, 'nonform'));

const isErrorBlock = (element: HtmlElement): boolean =>
  (isErrorList(element) && !isWholeErrorList(element)) || isRedBlock(element);

/** `Form.as_p()`, which projects use on pages of their own, puts the list right before the field's paragraph. */
export const listBefore = (scope: HtmlElement): HtmlElement | undefined => {
  const siblings: readonly (HtmlElement | string)[] = scope.parent?.children ?? [];
  for (let i = siblings.indexOf(scope) - 1; i >= 0; i--) {
    const sibling = siblings[i];
    if (sibling === undefined || typeof sibling === 'string') continue;
    return isErrorList(sibling) && !isWholeErrorList(sibling) ? sibling : undefined;
  }
  return undefined;
};

const isMarkedInvalid = (field: ScopedField): boolean =>
  field.group.controls.some(({ element }) => attribute(element, 'aria-invalid') === 'true');

/**
 * Errors of one field. Django ≥ 5.2 gives their list the id `id_<name>_error`; before, the
 * list stands in the field's scope. Unfold's tables have a plain element after the control.
 */
export const readErrors = (page: Page, field: ScopedField): string[] => {
  const { scope } = field;
  for (const id of idsOf(field)) {
    const list = page.byId.get(`${id}_error`);
    if (list !== undefined) return errorTexts(page, list);
  }
  if (scope === undefined) return [];
  const before = listBefore(scope);
  const lists = [...(before === undefined ? [] : [before]), ...within(page, scope, isErrorBlock)];
  const texts = lists
    .filter(
      (list) =>
        !lists.some(
          (other) => other !== list && other.index < list.index && other.last >= list.last,
        ),
    )
    .flatMap((list) => errorTexts(page, list));
  if (texts.length > 0 || !isMarkedInvalid(field)) return [...new Set(texts)];
  const control = field.group.controls.at(-1)?.element;
  const after = within(
    page,
    scope,
    (at) => control !== undefined && at.index > control.last && at.tag !== 'option',
  )
    .map((element) => visibleText(element))
    .find((text) => text !== '');
  return after === undefined ? [] : [after];
};

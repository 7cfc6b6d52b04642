import { attribute, closest, type HtmlElement, hasClass } from '../../../html/element.ts';
import { firstWithin, innerHtml, type Page } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { FormField } from '../types/field.ts';
import type { Fieldset } from '../types/form-page.ts';
import type { ScopedField } from './scope.ts';
import { tabAround, tabTitle } from './tabs.ts';

export interface PlacedField {
  readonly field: FormField;
  readonly scoped: ScopedField;
}

const anchorOf = ({ group }: ScopedField): HtmlElement | undefined =>
  group.controls[0]?.element ?? group.display;

const isFieldset = (element: HtmlElement): boolean =>
  element.tag === 'fieldset' && (hasClass(element, 'module') || hasClass(element, 'grp-module'));

const isRow = (element: HtmlElement): boolean =>
  hasClass(element, 'form-row') || hasClass(element, 'grp-row') || hasClass(element, 'form-group');

/** Classes of the layout rather than of `ModelAdmin.fieldsets`. */
const layout = /^(?:module|aligned|grp-.*|relative|tab-pane|fade|show|active)$/;

const titleOf = (page: Page, element: HtmlElement): string | null => {
  if (hasClass(element, 'tab-pane')) return tabTitle(page, element);
  const labelled = page.byId.get(attribute(element, 'aria-labelledby') ?? '');
  const heading = labelled ?? firstWithin(page, element, (at) => at.tag === 'h2');
  return (heading && visibleText(heading)) || null;
};

/** Fieldset descriptions are markup by contract: the admin prints them unescaped. */
const descriptionOf = (page: Page, element: HtmlElement): string | null => {
  const found = firstWithin(
    page,
    element,
    (at) =>
      (hasClass(at, 'description') && !hasClass(at, 'grp-row')) || hasClass(at, 'grp-description'),
  );
  return (found && innerHtml(page, found).trim()) || null;
};

const rowsOf = (placed: readonly PlacedField[]): string[][] => {
  const rows: string[][] = [];
  let last: HtmlElement | undefined;
  for (const { field, scoped } of placed) {
    const anchor = anchorOf(scoped);
    const row = anchor && closest(anchor, isRow);
    const current = rows.at(-1);
    if (current !== undefined && row !== undefined && row === last) current.push(field.name);
    else rows.push([field.name]);
    last = row;
  }
  return rows;
};

/** Fields by the fieldset they stand in; hidden fields outside of any are left out. */
export const readFieldsets = (page: Page, placed: readonly PlacedField[]): Fieldset[] => {
  const sets = new Map<HtmlElement | undefined, PlacedField[]>();
  for (const each of placed) {
    const anchor = anchorOf(each.scoped);
    const element = anchor && (closest(anchor, isFieldset) ?? tabAround(anchor));
    if (element === undefined && each.field.widget.kind === 'hidden') continue;
    const set = sets.get(element);
    if (set === undefined) sets.set(element, [each]);
    else set.push(each);
  }
  return [...sets].map(([element, members]) => ({
    title: element === undefined ? null : titleOf(page, element),
    description: element === undefined ? null : descriptionOf(page, element),
    classes: element?.classes.filter((name) => !layout.test(name)) ?? [],
    collapsed:
      element !== undefined && (hasClass(element, 'collapse') || hasClass(element, 'grp-closed')),
    rows: rowsOf(members),
  }));
};

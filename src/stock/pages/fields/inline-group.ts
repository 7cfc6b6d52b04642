import { attribute, closest, type HtmlElement, hasClass } from '../../../html/element.ts';
import { firstWithin, type Page, within } from '../../../html/page.ts';
import { collapse, visibleText } from '../../../html/text.ts';
import { cleanLabel } from './around.ts';
import type { FieldControl } from './group.ts';
import type { FieldLabel } from './read-field.ts';
import { tabTitle } from './tabs.ts';

/** The numbers that Django's management form of a formset carries. */
export interface Management {
  readonly prefix: string;
  readonly totalForms: number;
  readonly initialForms: number;
  readonly minNum: number | null;
  readonly maxNum: number | null;
  /** The element that holds the formset. */
  readonly element: HtmlElement | undefined;
}

/** Django's `DEFAULT_MAX_NUM`: no bound was set. */
const unbounded = 1000;

const numberOf = (controls: readonly FieldControl[], name: string): number | null => {
  const text = controls.find(({ control }) => control.name === name)?.control.value;
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
};

const groupElement = (page: Page, prefix: string, total: HtmlElement): HtmlElement | undefined =>
  page.byId.get(`${prefix}-group`) ??
  closest(total, (at) => hasClass(at, 'inline-group') || hasClass(at, 'js-inline-admin-formset')) ??
  closest(total, (at) => hasClass(at, 'inline-related') || at.tag === 'fieldset') ??
  total.parent;

/** Every formset that posts with a form, by the hidden inputs that Django demands back. */
export const readManagement = (page: Page, controls: readonly FieldControl[]): Management[] =>
  controls
    .filter(({ control }) => control.name.endsWith('-TOTAL_FORMS'))
    .map(({ control, element }) => {
      const prefix = control.name.slice(0, -'-TOTAL_FORMS'.length);
      const maxNum = numberOf(controls, `${prefix}-MAX_NUM_FORMS`);
      return {
        prefix,
        totalForms: numberOf(controls, control.name) ?? 0,
        initialForms: numberOf(controls, `${prefix}-INITIAL_FORMS`) ?? 0,
        minNum: numberOf(controls, `${prefix}-MIN_NUM_FORMS`),
        maxNum: maxNum === unbounded ? null : maxNum,
        element: groupElement(page, prefix, element),
      };
    });

/** A control's place in a formset: row number (`__prefix__` for the row that scripts copy) and field. */
export const placeIn = (
  prefix: string,
  name: string,
): { readonly row: string; readonly field: string } | undefined => {
  if (!name.startsWith(`${prefix}-`)) return undefined;
  const [, row, field] = /^(\d+|__prefix__)-(.+)$/s.exec(name.slice(prefix.length + 1)) ?? [];
  return row === undefined || field === undefined ? undefined : { row, field };
};

const isColumn = (element: HtmlElement): boolean =>
  element.tag === 'th' || hasClass(element, 'grp-th');

const columnName = (element: HtmlElement): string | undefined =>
  element.classes.find((name) => name.startsWith('column-'))?.slice('column-'.length) ??
  (hasClass(element, 'grp-th')
    ? element.classes.find((name) => !name.startsWith('grp-') && name !== 'required')
    : undefined);

export interface Column extends FieldLabel {
  readonly helpText: string;
}

/** Column heads of a tabular inline by field name; Django shows their help as an icon's tooltip. */
export const readColumns = (page: Page, group: HtmlElement): ReadonlyMap<string, Column> => {
  const columns = new Map<string, Column>();
  for (const head of within(page, group, isColumn)) {
    const name = columnName(head);
    if (name === undefined || columns.has(name)) continue;
    const icon = firstWithin(page, head, (at) => at.tag === 'img' && hasClass(at, 'help'));
    columns.set(name, {
      text: cleanLabel(visibleText(head)),
      isRequired: hasClass(head, 'required'),
      helpText: collapse((icon && attribute(icon, 'title')) ?? ''),
    });
  }
  return columns;
};

export const inlineKind = (page: Page, group: HtmlElement): 'tabular' | 'stacked' | null => {
  const isTyped = (at: HtmlElement): boolean => attribute(at, 'data-inline-type') !== undefined;
  const typed = isTyped(group) ? group : firstWithin(page, group, isTyped);
  const type = typed && attribute(typed, 'data-inline-type');
  if (type === 'tabular' || type === 'stacked') return type;
  for (const kind of ['tabular', 'stacked'] as const)
    if (hasClass(group, `grp-${kind}`) || firstWithin(page, group, (at) => hasClass(at, kind)))
      return kind;
  return null;
};

/** The group's heading; a theme may put it elsewhere, then the prefix must do. */
export const inlineLabel = (page: Page, group: HtmlElement, prefix: string): string => {
  const heading =
    page.byId.get(`${prefix}-heading`) ?? firstWithin(page, group, (at) => at.tag === 'h2');
  return (heading && visibleText(heading)) || tabTitle(page, group) || prefix;
};

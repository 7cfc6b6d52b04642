import { attribute, closest, type HtmlElement, hasClass } from '../../../html/element.ts';
import { firstWithin, type Page, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { FormField } from '../types/field.ts';
import type { InlineRow } from '../types/form-page.ts';
import type { PageAddress, PageLink } from '../types/shared.ts';
import { pageLink } from '../url.ts';
import { containerName } from './container.ts';
import { displayGroup, type FieldControl, groupControls } from './group.ts';
import type { Column } from './inline-group.ts';
import { readField } from './read-field.ts';
import { type ScopedField, scopeFields } from './scope.ts';

const isRowElement = (element: HtmlElement): boolean =>
  element.tag === 'tr' ||
  hasClass(element, 'inline-related') ||
  hasClass(element, 'grp-tbody') ||
  hasClass(element, 'has_original');

/** Unfold gives each row of a table a body of its own. */
const isUnfoldRow = (element: HtmlElement): boolean =>
  element.tag === 'tbody' && hasClass(element, 'form-group');

/** The element of one row: by its id, by what holds its controls, or by its place among the rows. */
export const rowElement = (
  page: Page,
  prefix: string,
  row: string,
  controls: readonly FieldControl[],
  ordered: readonly HtmlElement[],
): HtmlElement | undefined => {
  const id = row === '__prefix__' ? 'empty' : row;
  const byId = page.byId.get(`${prefix}-${id}`) ?? page.byId.get(`${prefix}${id}`);
  // Django 3.2 gives the last row the id of the empty one, which is a real row without add permission.
  const [first] = controls;
  if (first === undefined) return byId ?? ordered[Number(row)];
  const holder = closest(first.element, isUnfoldRow) ?? closest(first.element, isRowElement);
  return byId !== undefined && first.element.index > byId.index && first.element.index <= byId.last
    ? byId
    : holder;
};

/** Rows of a group in order, without the one that scripts copy. */
export const orderedRows = (page: Page, group: HtmlElement): HtmlElement[] =>
  within(
    page,
    group,
    (at) =>
      (hasClass(at, 'has_original') || (at.tag === 'tr' && hasClass(at, 'form-row'))) &&
      !hasClass(at, 'empty-form'),
  );

const isCell = (element: HtmlElement): boolean =>
  element.tag === 'td' || hasClass(element, 'grp-td');

const isDisplay = (element: HtmlElement): boolean =>
  hasClass(element, 'readonly') || hasClass(element, 'grp-readonly');

/** Read-only fields of a row: marked elements, and in tables the cells of a field without a control. */
const displays = (
  page: Page,
  row: HtmlElement,
  controls: readonly FieldControl[],
): HtmlElement[] => {
  const marked = within(page, row, isDisplay);
  const cells = within(page, row, isCell).filter(
    (cell) =>
      !hasClass(cell, 'original') &&
      !hasClass(cell, 'delete') &&
      containerName(cell) !== undefined &&
      !marked.some((at) => at.index > cell.index && at.index <= cell.last) &&
      !controls.some(({ element }) => element.index > cell.index && element.index <= cell.last),
  );
  return [...marked, ...cells];
};

const isRowLabel = (element: HtmlElement): boolean => hasClass(element, 'inline_label');

const labelOf = (page: Page, row: HtmlElement): HtmlElement | undefined => {
  const stacked = firstWithin(page, row, isRowLabel);
  if (stacked !== undefined) return stacked;
  const original = hasClass(row, 'original')
    ? row
    : firstWithin(page, row, (at) => hasClass(at, 'original'));
  return original && firstWithin(page, original, (at) => at.tag === 'p');
};

/** Links of a row's head: its own change page, "View on site". */
const linksOf = (page: Page, address: PageAddress, label: HtmlElement | undefined): PageLink[] => {
  const around = label?.tag === 'p' ? label : label?.parent;
  if (around === undefined) return [];
  return within(page, around, (at) => at.tag === 'a').flatMap(
    (link) => pageLink(address, attribute(link, 'href') ?? '', visibleText(link)) ?? [],
  );
};

const labelText = (label: HtmlElement): string => {
  const own = label.children
    .map((child) =>
      typeof child === 'string' ? child : child.tag === 'a' ? ' ' : visibleText(child),
    )
    .join('');
  return own.replace(/\s+/g, ' ').trim();
};

export interface RowInput {
  readonly prefix: string;
  readonly row: string;
  readonly initialForms: number;
  readonly element: HtmlElement | undefined;
  readonly controls: readonly FieldControl[];
  readonly columns: ReadonlyMap<string, Column>;
  /** Field names of the hidden keys, and `DELETE`. */
  readonly skip: ReadonlySet<string>;
}

export interface RowFields {
  readonly fields: readonly FormField[];
  readonly scopes: readonly ScopedField[];
}

/** The fields of one row, without the hidden keys and the deletion box. */
export const rowFields = (page: Page, address: PageAddress, input: RowInput): RowFields => {
  const { element, controls, columns, skip } = input;
  const shown = element === undefined ? [] : displays(page, element, controls);
  const scopes = scopeFields([
    ...groupControls(controls, `${input.prefix}-${input.row}-`),
    ...shown.map((display) => displayGroup(display)),
  ]).filter(({ group }) => !skip.has(group.name));
  const fields = scopes.map((scoped) => {
    const column = columns.get(scoped.group.name);
    const field = readField(page, address, scoped, column);
    return column === undefined || field.helpText !== '' || column.helpText === ''
      ? field
      : { ...field, helpText: column.helpText, helpHtml: column.helpText };
  });
  return { fields, scopes };
};

export const readRow = (
  page: Page,
  address: PageAddress,
  input: RowInput,
  names: { readonly pkName: string | null },
): Omit<InlineRow, 'errors'> & RowFields => {
  const index = Number(input.row);
  const isNew = index >= input.initialForms;
  const named = (field: string | null): string | undefined =>
    input.controls.find(({ control }) => control.name === `${input.prefix}-${input.row}-${field}`)
      ?.control.value;
  const label = input.element && labelOf(page, input.element);
  return {
    index,
    pk: names.pkName === null || isNew ? null : named(names.pkName) || null,
    isNew,
    label: label === undefined || isNew ? null : labelText(label) || null,
    links: linksOf(page, address, label),
    canDelete: named('DELETE') !== undefined,
    ...rowFields(page, address, input),
  };
};

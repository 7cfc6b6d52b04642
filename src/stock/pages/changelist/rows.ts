import {
  attribute,
  childElements,
  type HtmlElement,
  hasAttribute,
  hasClass,
} from '../../../html/element.ts';
import { firstWithin, innerHtml, type Page, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import { readControl } from '../../forms/controls.ts';
import { errorTexts, isErrorList } from '../fields/around.ts';
import { booleanIcon } from '../fields/display.ts';
import { type FieldControl, groupControls } from '../fields/group.ts';
import { readField } from '../fields/read-field.ts';
import { scopeFields } from '../fields/scope.ts';
import type { Cell, Row } from '../types/changelist.ts';
import type { FormField } from '../types/field.ts';
import type { ModelRef, PageAddress } from '../types/shared.ts';
import { pageLink } from '../url.ts';
import type { PlacedColumn } from './columns.ts';

/** The formset behind the editable columns, as rows need it. */
export interface RowFormset {
  readonly prefix: string;
  readonly pkName: string | null;
  /** Values of the hidden key controls by row number. */
  readonly keys: ReadonlyMap<number, string>;
}

type ShownColumn = Pick<PlacedColumn['column'], 'name' | 'label'>;

const isLink = (element: HtmlElement): boolean =>
  element.tag === 'a' && hasAttribute(element, 'href');

const isControl = (element: HtmlElement): boolean =>
  element.tag === 'input' || element.tag === 'select' || element.tag === 'textarea';

const isText = (element: HtmlElement): boolean =>
  element.children.every((child) => typeof child === 'string');

/** Nothing but text, or the one link around it that Django itself writes. */
const isPlain = (cell: HtmlElement): boolean => {
  const inside = childElements(cell);
  const [only] = inside;
  return only === undefined || (inside.length === 1 && only.tag === 'a' && isText(only));
};

const fieldName = (cell: HtmlElement): string | undefined =>
  cell.classes.find((name) => name.startsWith('field-'))?.slice('field-'.length);

/** The field of an editable cell; its label is the column's. */
const editableField = (
  page: Page,
  address: PageAddress,
  controls: readonly FieldControl[],
  label: string,
): FormField | null => {
  const [prefix = ''] = /^.*?-\d+-/.exec(controls[0]?.control.name ?? '') ?? [];
  const [scoped] = scopeFields(groupControls(controls, prefix));
  return scoped === undefined
    ? null
    : readField(page, address, scoped, { text: label, isRequired: false });
};

const readCell = (
  page: Page,
  address: PageAddress,
  cell: HtmlElement,
  column: ShownColumn,
  formset: RowFormset | undefined,
): Cell => {
  const plain = cell.last === cell.index;
  const inputs = plain || formset === undefined ? [] : within(page, cell, isControl);
  const editable = inputs.flatMap((element): FieldControl[] => {
    const control = readControl(page, element);
    const isOwn = control?.name.startsWith(`${formset?.prefix}-`) === true;
    return !isOwn || control.name.endsWith(`-${formset?.pkName}`) ? [] : [{ control, element }];
  });
  const isEditable = editable.length > 0;
  const link = plain ? undefined : firstWithin(page, cell, isLink);
  const icon = plain || isEditable ? undefined : booleanIcon(page, cell);
  const text = isEditable ? '' : visibleText(cell);
  return {
    column: column.name,
    text,
    html:
      plain || isEditable || icon !== undefined || isPlain(cell)
        ? null
        : innerHtml(page, cell).trim(),
    boolean: icon,
    link:
      link === undefined
        ? null
        : pageLink(address, attribute(link, 'href') ?? '', visibleText(link)),
    nowrap: hasClass(cell, 'nowrap'),
    field: isEditable ? editableField(page, address, editable, column.label) : null,
    controls: editable.map(({ control }) => control),
  };
};

const formIndexOf = (cells: readonly Cell[], prefix: string): number | undefined => {
  for (const { controls } of cells)
    for (const { name } of controls) {
      const [digits] = /^\d+/.exec(name.slice(prefix.length + 1)) ?? [];
      if (digits !== undefined) return Number(digits);
    }
  return undefined;
};

const linkedPk = (cells: readonly Cell[], model: ModelRef | null): string | undefined => {
  for (const { link } of cells)
    if (
      link?.target.kind === 'change' &&
      link.target.appLabel === model?.appLabel &&
      link.target.modelName === model.modelName
    )
      return link.target.pk;
  return undefined;
};

const attributeWithin = (
  page: Page,
  row: HtmlElement,
  test: (element: HtmlElement) => boolean,
  name: string,
): string | undefined => {
  const found = firstWithin(page, row, test);
  return found && attribute(found, name);
};

const isSelector = (element: HtmlElement): boolean =>
  element.attributes['name'] === '_selected_action';

const isOpener = (element: HtmlElement): boolean => hasAttribute(element, 'data-popup-opener');

/** Rows of the table's body that are no rows of objects: Django puts a row's errors before it. */
const isErrorRow = (page: Page, row: HtmlElement): boolean => {
  const [only, second] = childElements(row);
  return (
    only !== undefined &&
    second === undefined &&
    hasAttribute(only, 'colspan') &&
    firstWithin(page, row, isSelector) === undefined
  );
};

export const readRows = (
  page: Page,
  address: PageAddress,
  rows: readonly HtmlElement[],
  columns: readonly PlacedColumn[],
  model: ModelRef | null,
  formset: RowFormset | undefined,
): Row[] => {
  const byPosition = new Map(columns.map(({ position, column }) => [position, column]));
  const byName = new Map(columns.map(({ column }) => [column.name, column]));
  const read: Row[] = [];
  let errors: string[] = [];
  for (const row of rows) {
    if (isErrorRow(page, row)) {
      errors = within(page, row, isErrorList).flatMap((list) => errorTexts(page, list));
      continue;
    }
    const cells = childElements(row).flatMap((cell, position): Cell[] => {
      const named = fieldName(cell);
      const column: ShownColumn | undefined =
        named === undefined
          ? byPosition.get(position)
          : (byName.get(named) ?? { name: named, label: '' });
      return column === undefined || hasClass(cell, 'action-checkbox')
        ? []
        : [readCell(page, address, cell, column, formset)];
    });
    if (cells.length === 0) continue;
    const formIndex =
      formset === undefined ? null : (formIndexOf(cells, formset.prefix) ?? read.length);
    const pk =
      attributeWithin(page, row, isSelector, 'value') ??
      (formIndex === null ? undefined : formset?.keys.get(formIndex)) ??
      linkedPk(cells, model) ??
      attributeWithin(page, row, isOpener, 'data-popup-opener');
    read.push({ pk: pk ?? null, formIndex, cells, errors });
    errors = [];
  }
  return read;
};

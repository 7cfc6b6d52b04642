import { type HtmlElement, hasClass } from '../../../html/element.ts';
import type { Page } from '../../../html/page.ts';
import { firstWithin, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { Inline, InlineRow } from '../types/form-page.ts';
import type { ModelRef, PageAddress } from '../types/shared.ts';
import { cleanLabel, errorTexts, isErrorList } from './around.ts';
import type { FieldControl } from './group.ts';
import { inlineKind, inlineLabel, type Management, placeIn, readColumns } from './inline-group.ts';
import { orderedRows, type RowInput, readRow, rowElement, rowFields } from './inline-rows.ts';
import type { ScopedField } from './scope.ts';

/** Controls of a formset by row: `0`, `1`, …, `__prefix__`. */
const byRow = (prefix: string, controls: readonly FieldControl[]): Map<string, FieldControl[]> => {
  const rows = new Map<string, FieldControl[]>();
  for (const each of controls) {
    const place = placeIn(prefix, each.control.name);
    if (place === undefined) continue;
    const row = rows.get(place.row);
    if (row === undefined) rows.set(place.row, [each]);
    else row.push(each);
  }
  return rows;
};

/**
 * The hidden controls that identify a row. Django writes the key first and the parent's after
 * it; in the row that scripts copy the key is blank, and the parent's is not once the parent
 * exists. Generic inlines and inlines keyed by the parent have one of them only.
 */
const keyNames = (
  prefix: string,
  rows: ReadonlyMap<string, readonly FieldControl[]>,
): { readonly pkName: string | null; readonly fkName: string | null } => {
  const hiddenIn = (row: string): { readonly field: string; readonly value: string }[] =>
    (rows.get(row) ?? [])
      .filter(({ control }) => control.type === 'hidden')
      .map(({ control }) => ({
        field: placeIn(prefix, control.name)?.field ?? '',
        value: control.value,
      }))
      .filter(({ field }) => !field.startsWith('initial-'));
  const template = hiddenIn('__prefix__');
  // Unfold's tables leave the keys out of the row that scripts copy.
  const isTemplate = template.length > 0;
  const hidden = isTemplate ? template : hiddenIn('0');
  const pk =
    hidden.find(({ field }) => field === 'id') ??
    (isTemplate ? hidden.find(({ value }) => value === '') : hidden[0]);
  const fk = hidden.find((each) => each !== pk);
  return { pkName: pk?.field ?? null, fkName: fk?.field ?? null };
};

const holds = (outer: HtmlElement, inner: HtmlElement): boolean =>
  inner.index >= outer.index && inner.index <= outer.last;

const isInScope = (list: HtmlElement, scopes: readonly ScopedField[]): boolean =>
  scopes.some(({ scope }) => scope !== undefined && holds(scope, list));

interface BuiltRow {
  readonly row: Omit<InlineRow, 'errors'>;
  readonly element: HtmlElement | undefined;
  readonly scopes: readonly ScopedField[];
}

/** Errors of whole rows and of the formset: lists outside of any field. A table shows a row's before the row. */
const placeErrors = (
  page: Page,
  group: HtmlElement,
  built: readonly BuiltRow[],
): { readonly formset: string[]; readonly rows: ReadonlyMap<number, string[]> } => {
  const formset: string[] = [];
  const rows = new Map<number, string[]>();
  const scopes = built.flatMap((each) => each.scopes);
  for (const list of within(page, group, isErrorList)) {
    if (isInScope(list, scopes)) continue;
    const texts = errorTexts(page, list);
    const isInTable = list.parent?.tag === 'td';
    const owner =
      built.find(({ element }) => element !== undefined && holds(element, list)) ??
      (isInTable
        ? built.find(({ element }) => element !== undefined && element.index > list.index)
        : undefined);
    if (owner === undefined) formset.push(...texts);
    else rows.set(owner.row.index, [...(rows.get(owner.row.index) ?? []), ...texts]);
  }
  return { formset, rows };
};

/** The child model, from its rows' links to their own pages or from the prefix of a generic inline. */
const childOf = (prefix: string, built: readonly BuiltRow[]): ModelRef | null => {
  for (const { row } of built)
    for (const { target } of row.links)
      if (target.kind === 'change')
        return { appLabel: target.appLabel, modelName: target.modelName };
  const [, appLabel, modelName] = /^([a-z_]\w*)-([a-z_]\w*)-\w+-\w+$/.exec(prefix) ?? [];
  return appLabel === undefined || modelName === undefined ? null : { appLabel, modelName };
};

/** "Review", which stacked inlines write before each row's label; tables do not tell it. */
const verboseNameOf = (page: Page, group: HtmlElement): string | null => {
  const name = firstWithin(page, group, (at) => at.tag === 'b' && at.parent?.tag === 'h3');
  return (name && cleanLabel(visibleText(name).replace(/#\d+$/, ''))) || null;
};

/** Tables have a cell for the deletion box even in the row that scripts copy; stacked rows do not tell. */
const hasDeleteColumn = (page: Page, template: HtmlElement | undefined): true | null =>
  template !== undefined &&
  firstWithin(page, template, (at) => at.tag === 'td' && hasClass(at, 'delete')) !== undefined
    ? true
    : null;

/** One inline with its rows. */
export const readInline = (
  page: Page,
  address: PageAddress,
  management: Management,
  controls: readonly FieldControl[],
): Inline => {
  const { prefix, element: group, ...numbers } = management;
  const rows = byRow(prefix, controls);
  const names = keyNames(prefix, rows);
  const skip = new Set(['DELETE', names.pkName ?? '', names.fkName ?? '']);
  const columns = group === undefined ? new Map() : readColumns(page, group);
  const ordered = group === undefined ? [] : orderedRows(page, group);
  const input = (row: string): RowInput => {
    const own = rows.get(row) ?? [];
    const element = rowElement(page, prefix, row, own, ordered);
    return {
      prefix,
      row,
      initialForms: numbers.initialForms,
      element,
      controls: own,
      columns,
      skip,
    };
  };
  // The number is Django's own, but a page need not keep its promise.
  const count = Math.min(numbers.totalForms, Math.max(ordered.length, rows.size));
  const built = Array.from({ length: count }, (_, i): BuiltRow => {
    const given = input(String(i));
    const { scopes, ...row } = readRow(page, address, given, names);
    return { row, scopes, element: given.element };
  });
  const errors =
    group === undefined ? { formset: [], rows: new Map() } : placeErrors(page, group, built);
  const existing = built.filter(({ row }) => !row.isNew);
  const canAdd = rows.has('__prefix__');
  const template = canAdd ? rowFields(page, address, input('__prefix__')).fields : undefined;
  const label = group === undefined ? prefix : inlineLabel(page, group, prefix);
  return {
    prefix,
    label,
    kind: group === undefined ? null : inlineKind(page, group),
    verboseName: group === undefined ? null : verboseNameOf(page, group),
    ...numbers,
    ...names,
    child: childOf(prefix, built),
    canAdd,
    canChange:
      existing.length === 0
        ? canAdd
        : existing.some(({ row }) => row.fields.some((field) => !field.readonly)),
    canDelete:
      existing.length === 0
        ? hasDeleteColumn(page, input('__prefix__').element)
        : existing.some(({ row }) => row.canDelete),
    fields: template ?? built[0]?.row.fields ?? [],
    rows: built.map(({ row }) => ({ ...row, errors: errors.rows.get(row.index) ?? [] })),
    errors: errors.formset,
  };
};

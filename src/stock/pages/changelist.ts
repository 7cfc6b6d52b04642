import { attribute, closest, type HtmlElement, hasClass, isInside } from '../../html/element.ts';
import { firstWithin, named, type Page, tagged, within } from '../../html/page.ts';
import { readPage } from '../../html/read-page.ts';
import { visibleText } from '../../html/text.ts';
import { type PageForm, readForms } from '../forms/controls.ts';
import { readColumns } from './changelist/columns.ts';
import { readDateHierarchy } from './changelist/date-hierarchy.ts';
import { readFacets, readFilters } from './changelist/filters.ts';
import { type RowFormset, readRows } from './changelist/rows.ts';
import { inferPageSize, readFullCount, readPaging, readTotal } from './changelist/totals.ts';
import { errorTexts, isErrorList } from './fields/around.ts';
import { readErrorNote } from './fields/form-errors.ts';
import { fieldControls, groupControls } from './fields/group.ts';
import { readManagement } from './fields/inline-group.ts';
import { readField } from './fields/read-field.ts';
import { scopeFields } from './fields/scope.ts';
import { customLinksOf, pageLinks, readActions } from './form-page.ts';
import { bodyModel, readFrame } from './frame.ts';
import type { Changelist, EditableFormset } from './types/changelist.ts';
import type { FormField } from './types/field.ts';
import type { ActionOption, ModelRef, PageAddress, PageLink } from './types/shared.ts';
import { adminTarget, queryOf } from './url.ts';

const tableForm = (
  forms: readonly PageForm[],
  table: HtmlElement | undefined,
): PageForm | undefined =>
  forms.find(({ element }) => table !== undefined && isInside(table, element)) ??
  forms.find(({ form }) => form.id === 'changelist-form') ??
  forms.find(({ form }) => form.controls.some(({ name }) => name === '_selected_action'));

interface Formset {
  readonly shown: EditableFormset;
  readonly rows: RowFormset;
}

/** The formset of `list_editable`. Its keys are hidden inputs, which Django writes outside of the table. */
const readFormset = (page: Page, pageForm: PageForm): Formset | undefined => {
  const controls = fieldControls(pageForm);
  const [management] = readManagement(page, controls);
  if (management === undefined) return undefined;
  const { prefix, totalForms, initialForms } = management;
  const keyed = controls.flatMap(({ control }) => {
    const [, row, field] =
      /^(\d+)-(.+)$/s.exec(
        control.type === 'hidden' && control.name.startsWith(`${prefix}-`)
          ? control.name.slice(prefix.length + 1)
          : '',
      ) ?? [];
    return row === undefined || field === undefined
      ? []
      : [{ row: Number(row), field, value: control.value }];
  });
  const pkName = keyed[0]?.field ?? null;
  const keys = new Map(
    keyed.filter(({ field }) => field === pkName).map(({ row, value }) => [row, value]),
  );
  return { shown: { prefix, totalForms, initialForms, pkName }, rows: { prefix, pkName, keys } };
};

/** Buttons of simpleui's own: the link to the add page, and a dialog. */
const notActions = new Set(['add_item', 'import_admin_action']);

/** simpleui has buttons in place of the select. */
const buttonActions = (page: Page): ActionOption[] => {
  const bar = page.byClass.get('actions')?.[0];
  if (bar === undefined) return [];
  const named = new Map<string, string>();
  for (const button of within(page, bar, (at) => at.tag === 'el-button')) {
    const name = attribute(button, 'data-name');
    if (name && !notActions.has(name) && !named.has(name)) named.set(name, visibleText(button));
  }
  return [...named].map(([name, label]) => ({ name, label }));
};

const ownInputs = new Set(['action', 'select_across', 'index', '_selected_action']);

/** Inputs that a project's `action_form` adds beside the action. */
const readActionInputs = (page: Page, address: PageAddress, pageForm: PageForm): FormField[] => {
  const select = named(page, 'action').find((at) => at.tag === 'select');
  const bar =
    select &&
    closest(select, (at) => hasClass(at, 'actions') || hasClass(at, 'grp-changelist-actions'));
  if (bar === undefined) return [];
  const inputs = fieldControls(pageForm).filter(
    ({ control, element }) => isInside(element, bar) && !ownInputs.has(control.name),
  );
  return scopeFields(groupControls(inputs)).map((scoped) => readField(page, address, scoped));
};

const readSearch = (page: Page): Changelist['search'] => {
  const input = named(page, 'q').find((at) => at.tag === 'input');
  if (input === undefined) return null;
  const form = closest(input, (at) => at.tag === 'form');
  const help =
    page.byId.get('searchbar_helptext') ??
    (form && firstWithin(page, form, (at) => hasClass(at, 'help')));
  return { text: attribute(input, 'value') ?? '', helpText: (help && visibleText(help)) || null };
};

const addUrlOf = (links: readonly PageLink[], model: ModelRef | null): string | null =>
  links.find(
    ({ target }) =>
      target.kind === 'add' &&
      target.appLabel === model?.appLabel &&
      target.modelName === model.modelName,
  )?.href ?? null;

/**
 * Links that are neither this list under another query nor an object's page: a handful of
 * hundreds, and to resolve them all takes as long as reading all rows.
 */
const otherLinks = (page: Page, address: PageAddress): PageLink[] => {
  const hrefs = tagged(page, 'a').map((element) => attribute(element, 'href') ?? '');
  const others = hrefs.filter((href) => !href.startsWith('?') && !/\/change\/(?:\?|$)/.test(href));
  return pageLinks(page, address, new Set(others));
};

const bodyRows = (page: Page, table: HtmlElement): HtmlElement[] =>
  within(
    page,
    table,
    (at) =>
      at.tag === 'tr' &&
      at.parent?.tag !== 'thead' &&
      at.parent?.tag !== 'tfoot' &&
      closest(at, (up) => up.tag === 'table') === table,
  );

/**
 * Reads a changelist, with or without `_popup`, fresh or come back with errors of its editable cells.
 *
 * @throws GatewayError `upstream` when the page is nested absurdly
 */
export const readChangelist = (html: string, address: PageAddress): Changelist => {
  const page = readPage(html);
  const forms = readForms(page);
  const current = queryOf(address.path);
  const target = adminTarget(address.adminPath, address.path);
  const model =
    'modelName' in target
      ? { appLabel: target.appLabel, modelName: target.modelName }
      : bodyModel(page);
  const table = page.byId.get('result_list');
  const pageForm = tableForm(forms, table);
  const formset = pageForm && readFormset(page, pageForm);
  const elements = table === undefined ? [] : bodyRows(page, table);
  const columns =
    table === undefined ? [] : readColumns(page, table, elements[0], current.get('o'));
  const rows = readRows(page, address, elements, columns, model, formset?.rows);
  const editable = new Set(
    rows.flatMap(({ cells }) =>
      cells.filter(({ controls }) => controls.length > 0).map(({ column }) => column),
    ),
  );
  const paging = readPaging(page, current);
  const shownTotal = readTotal(page);
  const total = shownTotal ?? (paging.numPages === 1 && rows.length > 0 ? rows.length : null);
  const facets = readFacets(page, current);
  const links = otherLinks(page, address);
  const listed = readActions(page, 'action');
  const outside = pageForm === undefined ? [] : within(page, pageForm.element, isErrorList);
  return {
    frame: readFrame(page, forms),
    model,
    popup: current.has('_popup') || named(page, '_popup').length > 0,
    columns: columns.map(({ column }) => ({ ...column, editable: editable.has(column.name) })),
    rows,
    total,
    fullCount: readFullCount(page),
    ...paging,
    pageSize: inferPageSize(paging, rows.length, total),
    search: readSearch(page),
    filters: readFilters(page, current, facets === 'shown'),
    facets,
    dateHierarchy: readDateHierarchy(page, address),
    actions: listed.length > 0 ? listed : buttonActions(page),
    actionInputs: pageForm === undefined ? [] : readActionInputs(page, address, pageForm),
    canSelectAcross: named(page, 'select_across').length > 0,
    form: pageForm?.form ?? null,
    formset: formset?.shown ?? null,
    errorNote: readErrorNote(page),
    formsetErrors: outside
      .filter((list) => table === undefined || !isInside(list, table))
      .flatMap((list) => errorTexts(page, list)),
    addUrl: addUrlOf(links, model),
    customLinks: customLinksOf(links, model, null),
  };
};

import { attribute } from '../../html/element.ts';
import { classed, named, type Page, tagged } from '../../html/page.ts';
import { readPage } from '../../html/read-page.ts';
import { visibleText } from '../../html/text.ts';
import { isJsonObject } from '../../operations/json.ts';
import { type PageForm, readForms } from '../forms/controls.ts';
import { submitButtons } from '../forms/successful.ts';
import { readFieldsets } from './fields/fieldsets.ts';
import { type FormFields, readFormFields } from './fields/form-fields.ts';
import { bodyModel, readFrame } from './frame.ts';
import type { FormPage } from './types/form-page.ts';
import type {
  ActionOption,
  ModelRef,
  PageAddress,
  PageFrame,
  PageLink,
  SubmitButton,
} from './types/shared.ts';
import { adminTarget, pageLink } from './url.ts';

const saveNames = ['_save', '_continue', '_addanother', '_saveasnew'] as const;

/** The form of the page's subject: neither the search in the head nor the logout. */
export const mainForm = (
  address: PageAddress,
  forms: readonly PageForm[],
): PageForm | undefined => {
  const candidates = forms.filter(({ form }) => {
    if (form.method !== 'post') return false;
    const { kind } = adminTarget(address.adminPath, form.action);
    return kind !== 'logout' && kind !== 'login' && form.id !== 'logout-form';
  });
  const size = (pageForm: PageForm): number => pageForm.form.controls.length;
  return (
    candidates.find(({ form }) => form.id?.endsWith('_form')) ??
    [...candidates].sort((a, b) => size(b) - size(a))[0]
  );
};

const noFields: FormFields = {
  placed: [],
  fields: [],
  inlines: [],
  errors: { any: false, note: null, nonField: [], fields: {}, inlines: {} },
};

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
};

/** `[{id, name, dependency_list}]` of Django's prepopulation script; those of inlines are left out. */
const readPrepopulated = (page: Page): Record<string, readonly string[]> => {
  const holder = page.byId.get('django-admin-prepopulated-fields-constants');
  const list = parsed(holder && attribute(holder, 'data-prepopulated-fields'));
  if (!Array.isArray(list)) return {};
  const entries = list.flatMap((item: unknown): [string, string[]][] => {
    if (!isJsonObject(item)) return [];
    const { id, name, dependency_list: sources } = item;
    return typeof name === 'string' && id === `#id_${name}` && Array.isArray(sources)
      ? [[name, sources.filter((source) => typeof source === 'string')]]
      : [];
  });
  return Object.fromEntries(entries);
};

/** The object's own heading, or the first of three parts of the title: `<object> | Change x | site`. */
const objectLabelOf = (frame: PageFrame): string | null => {
  if (frame.subheading !== null) return frame.subheading;
  const parts = frame.title.split(' | ');
  return parts.length >= 3 ? parts.slice(0, -2).join(' | ') : null;
};

/** Links of a page; `only` narrows them to some addresses, as written. */
export const pageLinks = (
  page: Page,
  address: PageAddress,
  only?: ReadonlySet<string | undefined>,
): PageLink[] =>
  tagged(page, 'a').flatMap((element) => {
    const href = attribute(element, 'href');
    if (
      !href ||
      (only !== undefined && !only.has(href)) ||
      href.startsWith('#') ||
      href.startsWith('javascript:')
    )
      return [];
    return pageLink(address, href, visibleText(element)) ?? [];
  });

/** Links to pages under one model, or under one of its objects, that stock Django does not have. */
export const customLinksOf = (
  links: readonly PageLink[],
  model: ModelRef | null,
  pk: string | null,
): PageLink[] => {
  const seen = new Set<string>();
  return links.filter(({ href, target }) => {
    if (target.kind !== 'custom' || seen.has(href)) return false;
    if (target.appLabel !== model?.appLabel || target.modelName !== model.modelName) return false;
    seen.add(href);
    return target.pk === null || target.pk === pk;
  });
};

/** The choices of an action list, without the blank one. */
export const readActions = (page: Page, name: string): ActionOption[] => {
  const select = named(page, name).find((element) => element.tag === 'select');
  if (select === undefined) return [];
  return tagged(page, 'option')
    .filter((option) => option.index > select.index && option.index <= select.last)
    .map((option) => ({ name: attribute(option, 'value') ?? '', label: visibleText(option) }))
    .filter((option) => option.name !== '');
};

const hrefTo = (
  links: readonly PageLink[],
  kind: 'history' | 'delete' | 'password' | 'view_on_site',
  pk: string | null,
): string | null =>
  links.find(
    ({ target }) => target.kind === kind && (!('pk' in target) || pk === null || target.pk === pk),
  )?.href ?? null;

const viewOnSite = (
  page: Page,
  address: PageAddress,
  links: readonly PageLink[],
): string | null => {
  const marked = [...classed(page, 'viewsitelink'), ...classed(page, 'grp-viewsitelink')][0];
  const href = marked && attribute(marked, 'href');
  if (href) return pageLink(address, href, '')?.href ?? null;
  return hrefTo(links, 'view_on_site', null);
};

const isExtra = ({ name }: SubmitButton): boolean =>
  name !== '' &&
  name !== 'index' &&
  !name.startsWith('CHANGE_FORM-') &&
  !saveNames.some((known) => known === name);

/**
 * Reads an add or change page, with or without `_popup`, fresh or come back with errors.
 *
 * @throws GatewayError `upstream` when the page is nested absurdly
 */
export const readFormPage = (html: string, address: PageAddress): FormPage => {
  const page = readPage(html);
  const forms = readForms(page);
  const frame = readFrame(page, forms);
  const main = mainForm(address, forms);
  const { placed, fields, inlines, errors } =
    main === undefined ? noFields : readFormFields(page, address, main);
  const target = adminTarget(address.adminPath, address.path);
  const model =
    'modelName' in target
      ? { appLabel: target.appLabel, modelName: target.modelName }
      : bodyModel(page);
  const pk = 'pk' in target ? target.pk : null;
  const links = pageLinks(page, address);
  const buttons = main === undefined ? [] : submitButtons(main.form);
  const has = (name: string): boolean => buttons.some((button) => button.name === name);
  const isAdd = target.kind === 'add';
  return {
    frame,
    model,
    mode: !saveNames.some(has) ? 'view' : isAdd ? 'add' : 'change',
    popup: named(page, '_popup').length > 0,
    objectLabel: isAdd ? null : objectLabelOf(frame),
    form: main?.form ?? null,
    fieldsets: readFieldsets(page, placed),
    fields,
    inlines,
    errors,
    saveOptions: {
      save: has('_save'),
      saveAndContinue: has('_continue'),
      saveAndAddAnother: has('_addanother'),
      saveAsNew: has('_saveasnew'),
      saveOnTop: saveNames.some(
        (name) => buttons.filter((button) => button.name === name).length > 1,
      ),
    },
    extraButtons: buttons.filter(isExtra),
    prepopulated: readPrepopulated(page),
    viewOnSiteUrl: viewOnSite(page, address, links),
    historyUrl: hrefTo(links, 'history', pk),
    deleteUrl: hrefTo(links, 'delete', pk),
    passwordUrl: hrefTo(links, 'password', null),
    customLinks: customLinksOf(links, model, pk),
    actions: readActions(page, 'CHANGE_FORM-action'),
  };
};

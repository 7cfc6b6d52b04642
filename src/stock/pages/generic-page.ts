import {
  childElements,
  closest,
  type HtmlElement,
  hasClass,
  isInside,
} from '../../html/element.ts';
import { type Page, within } from '../../html/page.ts';
import { readPage } from '../../html/read-page.ts';
import { collapse, visibleText } from '../../html/text.ts';
import { type PageForm, readForms } from '../forms/controls.ts';
import { submitButtons } from '../forms/successful.ts';
import { readFormFields } from './fields/form-fields.ts';
import { pageLinks } from './form-page.ts';
import { contentOf, readFrame } from './frame.ts';
import type { GenericForm, GenericPage } from './types/others.ts';
import type { PageAddress } from './types/shared.ts';
import { adminTarget } from './url.ts';

/** Elements that begin a line of their own. */
const blocks = new Set([
  'p',
  'div',
  'section',
  'article',
  'li',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'dt',
  'dd',
  'table',
  'ul',
  'ol',
  'dl',
  'pre',
  'blockquote',
  'br',
  'fieldset',
  'form',
  'header',
  'footer',
]);

const unread = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'select',
  'textarea',
  'option',
  'nav',
  'svg',
  'button',
]);

const isFurniture = (element: HtmlElement): boolean =>
  hasClass(element, 'messagelist') ||
  hasClass(element, 'breadcrumbs') ||
  hasClass(element, 'object-tools');

const collect = (element: HtmlElement, lines: string[]): void => {
  for (const child of element.children) {
    if (typeof child === 'string') {
      lines.push(`${lines.pop() ?? ''}${child}`);
      continue;
    }
    if (unread.has(child.tag) || isFurniture(child)) continue;
    const isCell = child.tag === 'td' || child.tag === 'th';
    if (isCell) lines.push(`${lines.pop() ?? ''} `);
    if (blocks.has(child.tag)) lines.push('');
    collect(child, lines);
    if (blocks.has(child.tag)) lines.push('');
  }
};

const textOf = (content: HtmlElement): string => {
  const lines: string[] = [''];
  collect(content, lines);
  return lines
    .map(collapse)
    .filter((line) => line !== '')
    .join('\n');
};

const cells = (row: HtmlElement): string[] =>
  childElements(row)
    .filter(({ tag }) => tag === 'td' || tag === 'th')
    .map((cell) => visibleText(cell));

const isHead = (row: HtmlElement): boolean =>
  row.parent?.tag === 'thead' || childElements(row).every(({ tag }) => tag === 'th');

const readTable = (page: Page, table: HtmlElement): GenericPage['tables'][number] => {
  const rows = within(page, table, (at) => at.tag === 'tr');
  const head = rows.find(isHead);
  return {
    head: head === undefined ? [] : cells(head),
    rows: rows.filter((row) => row !== head).map(cells),
  };
};

const readForm = (page: Page, address: PageAddress, pageForm: PageForm): GenericForm => {
  const { fields, errors } = readFormFields(page, address, pageForm);
  const { form } = pageForm;
  return {
    ...form,
    inputs: fields.filter((field) => field.widget.kind !== 'hidden'),
    hidden: form.controls.filter(
      ({ type, name }) => type === 'hidden' && name !== '' && name !== 'csrfmiddlewaretoken',
    ),
    buttons: submitButtons(form),
    errors,
  };
};

/** Forms of the page's frame: the way out, the language, the search in the head. */
const isFrameForm = (
  address: PageAddress,
  content: HtmlElement | undefined,
  { element, form }: PageForm,
): boolean =>
  form.id === 'logout-form' ||
  adminTarget(address.adminPath, form.action).kind === 'logout' ||
  (content !== undefined && !isInside(element, content));

/**
 * Reads a page of the project's own: a panel, or what an action shows in between. Nothing of
 * it is known beforehand, so it is read as text, tables, lists, links and forms.
 *
 * @throws GatewayError `upstream` when the page is nested absurdly
 */
export const readGenericPage = (html: string, address: PageAddress): GenericPage => {
  const page = readPage(html);
  const forms = readForms(page);
  const content = contentOf(page);
  const inContent = (tag: string): HtmlElement[] =>
    content === undefined ? [] : within(page, content, (at) => at.tag === tag);
  const lists = [...inContent('ul'), ...inContent('ol')].filter(
    (list) =>
      !isFurniture(list) &&
      !hasClass(list, 'errorlist') &&
      closest(list, (at) => at.tag === 'nav' || at.tag === 'form') === undefined,
  );
  const anchors = new Set(inContent('a').map((anchor) => anchor.attributes['href']));
  return {
    frame: readFrame(page, forms),
    text: content === undefined ? '' : textOf(content),
    forms: forms
      .filter((form) => !isFrameForm(address, content, form))
      .map((form) => readForm(page, address, form)),
    tables: inContent('table').map((table) => readTable(page, table)),
    lists: lists.map((list) =>
      childElements(list)
        .filter(({ tag }) => tag === 'li')
        .map((item) => visibleText(item)),
    ),
    links: pageLinks(page, address, anchors),
  };
};

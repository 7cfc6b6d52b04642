import { closest, type HtmlElement, hasClass } from '../../../html/element.ts';

/** Unfold's layout classes look like field names; they always come with their `group` twin. */
const isLayout = (element: HtmlElement, name: string): boolean =>
  (name === 'field-row' && hasClass(element, 'group/row')) ||
  (name === 'field-line' && hasClass(element, 'group/line')) ||
  (name === 'field-tabular' && hasClass(element, 'group')) ||
  name === 'field-box';

const fieldClasses = (element: HtmlElement): string[] =>
  element.classes.filter((name) => name.startsWith('field-') && !isLayout(element, name));

const grappelliLayout =
  /^(?:grp-.*|form-row|errors?|last|first|hidden|module|field-box|l-.*|c-.*)$/;

/** grappelli writes bare field names among the classes of its rows and cells. */
const grappelliName = (element: HtmlElement): string | undefined => {
  const row = closest(element, (at) => hasClass(at, 'grp-row') || hasClass(at, 'grp-td'));
  if (row === undefined) return undefined;
  const names = row.classes.filter((name) => !grappelliLayout.test(name));
  if (names.length <= 1) return names[0];
  const box = closest(element, (at) => at.parent === row);
  const boxes = row.children.filter((child) => typeof child !== 'string');
  return box === undefined ? undefined : names[boxes.indexOf(box)];
};

/** The field name in the classes around an element: `field-price`, as stock Django and most themes write. */
export const containerName = (element: HtmlElement): string | undefined => {
  // A row of several fields has all their names; the box inside has one.
  const container = closest(element, (at) => fieldClasses(at).length > 0);
  const names = container === undefined ? [] : fieldClasses(container);
  return names.length === 1 ? names[0]?.slice('field-'.length) : grappelliName(element);
};

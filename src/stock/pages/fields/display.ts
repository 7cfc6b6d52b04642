import { attribute, type HtmlElement } from '../../../html/element.ts';
import { firstWithin, innerHtml, type Page } from '../../../html/page.ts';
import { collapse, rawText, visibleText } from '../../../html/text.ts';
import type { ReadonlyDisplay } from '../types/field.ts';
import type { PageAddress } from '../types/shared.ts';
import { pageLink } from '../url.ts';

const iconValues: Readonly<Record<string, boolean | null>> = {
  yes: true,
  no: false,
  unknown: null,
};

const iconName = /(?:^|\/)icon-(yes|no|unknown)[.-]/;

/** Material icons that unfold writes for booleans, as text of an element with the class. */
const unfoldIcons: Readonly<Record<string, boolean | null>> = {
  check_small: true,
  check_circle: true,
  close_small: false,
  cancel: false,
  check_indeterminate_small: null,
  // Up to 0.89.
  question_mark: null,
};

/** Django's boolean icon in an element: true, false, null ("unknown"); undefined where there is none. */
export const booleanIcon = (page: Page, element: HtmlElement): boolean | null | undefined => {
  const image = firstWithin(
    page,
    element,
    (at) => at.tag === 'img' || at.classes.includes('material-symbols-outlined'),
  );
  if (image === undefined) return undefined;
  if (image.tag !== 'img')
    return visibleText(element) === visibleText(image)
      ? unfoldIcons[visibleText(image)]
      : undefined;
  const [, name] = iconName.exec(attribute(image, 'src') ?? '') ?? [];
  return name === undefined ? undefined : iconValues[name];
};

const isLink = (element: HtmlElement): boolean =>
  element.tag === 'a' && attribute(element, 'href') !== undefined;

/** Text with its line breaks: Django shows those of a text field as `<br>`. */
const displayText = (page: Page, element: HtmlElement): string => {
  if (firstWithin(page, element, (at) => at.tag === 'br') === undefined)
    return visibleText(element);
  return element.children
    .map((child) =>
      typeof child === 'string' ? child : child.tag === 'br' ? '\n' : rawText(child),
    )
    .join('')
    .split('\n')
    .map(collapse)
    .join('\n')
    .trim();
};

const isPlain = (element: HtmlElement): boolean =>
  element.children.every((child) => typeof child === 'string' || child.tag === 'br');

/** Cells of view-only inlines wrap what they show in a paragraph. */
const unwrapped = (element: HtmlElement): HtmlElement => {
  const inside = element.children.filter(
    (child) => typeof child !== 'string' || child.trim() !== '',
  );
  const [only] = inside;
  return inside.length === 1 && typeof only === 'object' && only.tag === 'p' ? only : element;
};

/** What a read-only element shows. */
export const readDisplay = (
  page: Page,
  address: PageAddress,
  container: HtmlElement,
): ReadonlyDisplay => {
  const element = unwrapped(container);
  const link = firstWithin(page, element, isLink);
  const icon = booleanIcon(page, element);
  return {
    text: displayText(page, element),
    html: isPlain(element) || icon !== undefined ? null : innerHtml(page, element).trim(),
    link:
      link === undefined
        ? null
        : pageLink(address, attribute(link, 'href') ?? '', visibleText(link)),
    boolean: icon,
  };
};

import { attribute, closest, type HtmlElement, hasClass } from '../../../html/element.ts';
import { type Page, tagged } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';

/** jazzmin shows fieldsets and inlines as tabs. */
export const tabAround = (element: HtmlElement): HtmlElement | undefined =>
  closest(element, (at) => hasClass(at, 'tab-pane'));

/** What the tab around an element is called: the text of the link that opens it. */
export const tabTitle = (page: Page, element: HtmlElement): string | null => {
  const pane = tabAround(element);
  const id = pane && attribute(pane, 'id');
  if (id === undefined) return null;
  const link = tagged(page, 'a').find((at) => attribute(at, 'href') === `#${id}`);
  return (link && visibleText(link)) || null;
};

import type { HtmlElement } from './element.ts';

/** A parsed page and its index. Everything is in document order. */
export interface Page {
  readonly source: string;
  readonly elements: readonly HtmlElement[];
  /** First element with each id, as in a browser. */
  readonly byId: ReadonlyMap<string, HtmlElement>;
  /** Elements with a `name`: controls, mostly. */
  readonly byName: ReadonlyMap<string, readonly HtmlElement[]>;
  readonly byTag: ReadonlyMap<string, readonly HtmlElement[]>;
  readonly byClass: ReadonlyMap<string, readonly HtmlElement[]>;
}

const none: readonly HtmlElement[] = [];

export const named = (page: Page, name: string): readonly HtmlElement[] =>
  page.byName.get(name) ?? none;

export const tagged = (page: Page, tag: string): readonly HtmlElement[] =>
  page.byTag.get(tag) ?? none;

export const classed = (page: Page, name: string): readonly HtmlElement[] =>
  page.byClass.get(name) ?? none;

/** Descendants of `container` that `test` accepts. */
export const within = (
  page: Page,
  container: HtmlElement,
  test: (element: HtmlElement) => boolean,
): HtmlElement[] => {
  const found: HtmlElement[] = [];
  for (let i = container.index + 1; i <= container.last; i++) {
    const element = page.elements[i];
    if (element !== undefined && test(element)) found.push(element);
  }
  return found;
};

/** The first descendant of `container` that `test` accepts. */
export const firstWithin = (
  page: Page,
  container: HtmlElement,
  test: (element: HtmlElement) => boolean,
): HtmlElement | undefined => {
  for (let i = container.index + 1; i <= container.last; i++) {
    const element = page.elements[i];
    if (element !== undefined && test(element)) return element;
  }
  return undefined;
};

/** The markup inside an element, exactly as the admin sent it. */
export const innerHtml = (page: Page, element: HtmlElement): string =>
  page.source.slice(element.innerStart, element.innerEnd);

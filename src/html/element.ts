/**
 * One element of a parsed page. Elements are kept in document order in `Page.elements`, and
 * `index..last` is the range of an element and everything inside it: containment is two
 * comparisons, and walking a subtree is a loop over a slice.
 */
export interface HtmlElement {
  readonly tag: string;
  /** Lower-case names; entities decoded. Read with {@link attribute}. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  readonly parent: HtmlElement | undefined;
  readonly children: readonly (HtmlElement | string)[];
  readonly index: number;
  /** The index of its last descendant; its own `index` when it has none. */
  readonly last: number;
  /** Where its content starts and ends in `Page.source`. */
  readonly innerStart: number;
  readonly innerEnd: number;
}

export const attribute = (element: HtmlElement, name: string): string | undefined =>
  Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;

export const hasAttribute = (element: HtmlElement, name: string): boolean =>
  Object.hasOwn(element.attributes, name);

export const hasClass = (element: HtmlElement, name: string): boolean =>
  element.classes.includes(name);

export const isInside = (element: HtmlElement, container: HtmlElement): boolean =>
  element.index > container.index && element.index <= container.last;

/** The nearest ancestor, or the element itself, that `test` accepts. */
export const closest = (
  element: HtmlElement,
  test: (candidate: HtmlElement) => boolean,
): HtmlElement | undefined => {
  for (let at: HtmlElement | undefined = element; at !== undefined; at = at.parent)
    if (test(at)) return at;
  return undefined;
};

export const childElements = (element: HtmlElement): readonly HtmlElement[] =>
  element.children.filter((child) => typeof child !== 'string');

import type { HtmlElement } from './element.ts';

/** Elements whose text nobody sees. */
const unseen = new Set(['script', 'style', 'template', 'noscript']);

/** Elements that start a new line where they stand. */
const blocks = new Set(['br', 'p', 'div', 'li', 'ul', 'ol', 'tr', 'td', 'th', 'dd', 'dt', 'table']);

const collect = (element: HtmlElement, parts: string[], skip: HtmlElement | undefined): void => {
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(child);
    else if (child !== skip && !unseen.has(child.tag)) {
      if (blocks.has(child.tag)) parts.push(' ');
      collect(child, parts, skip);
    }
  }
};

/** The text as it stands in the source, entities decoded, whitespace kept; nesting is bounded by the parser. */
export const rawText = (element: HtmlElement): string => {
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === 'string') return only;
  const parts: string[] = [];
  collect(element, parts, undefined);
  return parts.join('');
};

/** Whitespace that is not a single plain space; most texts have none, and testing is cheaper than replacing. */
const uneven = /[^\S ]|\s\s/;

export const collapse = (text: string): string =>
  uneven.test(text) ? text.replace(/\s+/g, ' ').trim() : text.trim();

/** The text as a reader sees it: runs of whitespace are one space. `skip` is left out. */
export const visibleText = (element: HtmlElement, skip?: HtmlElement): string => {
  if (skip === undefined) return collapse(rawText(element));
  const parts: string[] = [];
  collect(element, parts, skip);
  return collapse(parts.join(''));
};

/** Its own text only, without that of elements inside. */
export const ownText = (element: HtmlElement): string =>
  collapse(element.children.filter((child) => typeof child === 'string').join(' '));

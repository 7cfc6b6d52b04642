import type { Attributes } from './attributes.ts';
import type { HtmlElement } from './element.ts';
import type { Page } from './page.ts';
import type { Tag } from './tags.ts';

/** A start tag that was read, and the lists in which the elements it starts are found. */
export interface StartTag {
  readonly tag: Tag;
  readonly attributes: Attributes;
  readonly alike: HtmlElement[];
  readonly namesakes: HtmlElement[] | undefined;
  readonly classmates: readonly HtmlElement[][];
}

const noLists: readonly HtmlElement[][] = [];

const listOf = (lists: Map<string, HtmlElement[]>, key: string): HtmlElement[] => {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: HtmlElement[] = [];
  lists.set(key, list);
  return list;
};

export class PageIndex {
  readonly #elements: HtmlElement[] = [];
  readonly #byId = new Map<string, HtmlElement>();
  readonly #byName = new Map<string, HtmlElement[]>();
  readonly #byTag = new Map<string, HtmlElement[]>();
  readonly #byClass = new Map<string, HtmlElement[]>();

  get size(): number {
    return this.#elements.length;
  }

  startTag(tag: Tag, attributes: Attributes): StartTag {
    const { name, classes } = attributes;
    return {
      tag,
      attributes,
      alike: listOf(this.#byTag, tag.name),
      namesakes: name === undefined ? undefined : listOf(this.#byName, name),
      classmates:
        classes.length === 0 ? noLists : classes.map((each) => listOf(this.#byClass, each)),
    };
  }

  add(element: HtmlElement, { attributes: { id }, alike, namesakes, classmates }: StartTag): void {
    this.#elements.push(element);
    alike.push(element);
    namesakes?.push(element);
    for (const list of classmates) list.push(element);
    if (id !== undefined && !this.#byId.has(id)) this.#byId.set(id, element);
  }

  page(source: string): Page {
    return {
      source,
      elements: this.#elements,
      byId: this.#byId,
      byName: this.#byName,
      byTag: this.#byTag,
      byClass: this.#byClass,
    };
  }
}

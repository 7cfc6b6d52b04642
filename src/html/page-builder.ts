import { GatewayError } from '../operations/errors.ts';
import { AttributeReader } from './attributes.ts';
import type { HtmlElement } from './element.ts';
import type { Page } from './page.ts';
import { PageIndex, type StartTag } from './page-index.ts';
import { isRawText } from './raw-text.ts';
import { type Context, type Tag, tagIn, tagNamed } from './tags.ts';
import type { PageCallbacks } from './tokenizer.ts';

/** Deepest nesting read, in elements; browsers stop nesting at 512 too. */
export const maxDepth = 512;

/**
 * Longest start tag that is looked up among those read before, in characters. Longer ones have an
 * address or an id and rarely come again: 48 finds 19 of 20 that do, for half of the hashing.
 */
const maxKnownTag = 48;

/** What is written here; {@link HtmlElement} is how everyone else sees it. */
interface Draft extends HtmlElement {
  readonly parent: Draft | undefined;
  children: (HtmlElement | string)[];
  last: number;
  innerEnd: number;
}

/** Shared: an empty array of its own would make room for 16 children at the first of them. */
const noChildren: (HtmlElement | string)[] = [];

const append = (parent: Draft, child: HtmlElement | string): void => {
  if (parent.children.length === 0) parent.children = [child];
  else parent.children.push(child);
};

const paragraph = tagNamed('p');
const lineBreak = tagNamed('br');

/**
 * Builds the page from what the tokenizer tells, by the rules of htmlparser2's `Parser`: the same
 * elements with the same content, down to where an implied end is said to be. It knows the whole
 * page and what is wanted of it, and reads a start tag that stands there again, as most of a list
 * do, only once.
 */
export class PageBuilder implements PageCallbacks {
  readonly #source: string;
  readonly #index = new PageIndex();
  readonly #attributes: AttributeReader;
  /** Start tags without their `<` and `>`. */
  readonly #startTags = new Map<string, StartTag>();
  readonly #open: Tag[] = [];
  readonly #contexts: Context[] = [];
  #innermost: Draft | undefined;
  /** The start tag being read; undefined where it is ignored. */
  #tag: Tag | undefined;
  /** Where the next piece of the page begins, as far as the parser would say. */
  #start = 0;
  #tagStart = 0;
  #unknownTag = '';
  #unknownTagEnd = -1;

  constructor(source: string) {
    this.#source = source;
    this.#attributes = new AttributeReader(source);
  }

  page(): Page {
    return this.#index.page(this.#source);
  }

  isInForeignContext(): boolean {
    return this.#context() !== 'html';
  }

  ontext(start: number, end: number): void {
    if (this.#innermost !== undefined) this.#addText(this.#source.slice(start, end));
    this.#start = end;
  }

  ontextentity(code: number, end: number): void {
    this.#addText(String.fromCodePoint(code));
    this.#start = end;
  }

  onstarttag(start: number, end: number): boolean {
    if (this.#contexts.length > 0 || end - start > maxKnownTag) return false;
    const text = this.#source.slice(start, end);
    const known = this.#startTags.get(text);
    if (known === undefined) {
      this.#unknownTag = text;
      this.#unknownTagEnd = end;
      return false;
    }
    if (this.#begin(known.tag)) this.#add(known, end);
    this.#start = end + 1;
    return true;
  }

  onopentagname(start: number, end: number): void {
    const tag = this.#readTag(start, end);
    this.#tag = this.#begin(tag) ? tag : undefined;
  }

  onattribname(start: number, end: number): void {
    this.#start = start;
    this.#attributes.attribute(start, end);
  }

  onattribdata(start: number, end: number): void {
    this.#attributes.data(start, end);
  }

  onattribentity(code: number): void {
    this.#attributes.character(code);
  }

  onattribend(): void {
    this.#attributes.attributeEnd();
  }

  onopentagend(end: number): void {
    this.#finish(end);
    this.#start = end + 1;
  }

  onselfclosingtag(end: number): void {
    const isForeign = (this.#tag?.context ?? this.#context()) !== 'html';
    if (this.#finish(end) && isForeign) this.#close();
    this.#start = end + 1;
  }

  onclosetag(start: number, end: number): void {
    if (this.#closesInnermost(start, end)) this.#close();
    else this.#closeTag(this.#readTag(start, end), end);
    this.#start = end + 1;
  }

  oncomment(_start: number, end: number): void {
    this.#start = end + 1;
  }

  ondeclaration(_start: number, end: number): void {
    this.#start = end + 1;
  }

  oncdata(start: number, end: number, marks: number): void {
    if (this.isInForeignContext()) this.#addText(this.#source.slice(start, end - marks));
    this.#start = end + 1;
  }

  /** There are none in HTML. */
  onprocessinginstruction(): void {}

  onend(): void {
    while (this.#open.length > 0) this.#close();
  }

  #context(): Context {
    return this.#contexts.at(-1) ?? 'html';
  }

  #isOpen(name: string): boolean {
    return this.#open.some((tag) => tag.name === name);
  }

  #readTag(start: number, end: number): Tag {
    if (this.#contexts.length === 0) return tagIn.html(this.#source, start, end);
    const context = this.#context();
    const svg = tagIn.svg(this.#source, start, end);
    if (context === 'svg') return svg;
    // The end of an element of SVG around this one, whose name is not lower case.
    const math = tagIn.math(this.#source, start, end);
    if (svg.name !== math.name && this.#isOpen(svg.name)) return svg;
    return context === 'math' ? math : tagIn.html(this.#source, start, end);
  }

  /** Ends what the tag ends; false where HTML ignores it: a form within a form. */
  #begin(tag: Tag): boolean {
    this.#tagStart = this.#start;
    this.#attributes.begin();
    if (tag.name === 'form' && this.#isOpen('form')) return false;
    if (tag.ends !== undefined) this.#closeWhile(tag.ends);
    return true;
  }

  #closeWhile(names: ReadonlySet<string>): void {
    while (this.#innermost !== undefined && names.has(this.#innermost.tag)) this.#close();
  }

  /** Adds the element whose start tag was read; whether it is open now. */
  #finish(end: number): boolean {
    const tag = this.#tag;
    this.#start = this.#tagStart;
    if (tag === undefined) return false;
    this.#tag = undefined;
    const startTag = this.#index.startTag(tag, this.#attributes.end());
    if (end === this.#unknownTagEnd && tag.context === undefined && !isRawText(tag.name))
      this.#startTags.set(this.#unknownTag, startTag);
    return this.#add(startTag, end);
  }

  #add(startTag: StartTag, end: number): boolean {
    if (this.#open.length >= maxDepth)
      throw new GatewayError('upstream', 'The admin sent a page that is nested too deeply.');
    const { tag, attributes } = startTag;
    const parent = this.#innermost;
    const index = this.#index.size;
    const element: Draft = {
      tag: tag.name,
      attributes: attributes.values,
      classes: attributes.classes,
      parent,
      children: noChildren,
      index,
      last: index,
      innerStart: end + 1,
      innerEnd: end + 1,
    };
    if (parent !== undefined) append(parent, element);
    this.#index.add(element, startTag);
    if (tag.isVoid) return false;
    this.#innermost = element;
    this.#open.push(tag);
    if (tag.context !== undefined) this.#contexts.push(tag.context);
    return true;
  }

  #addText(text: string): void {
    const parent = this.#innermost;
    if (parent === undefined) return;
    const { children } = parent;
    const before = children.length === 0 ? undefined : children[children.length - 1];
    // Entities arrive as texts of their own.
    if (typeof before === 'string') children[children.length - 1] = before + text;
    else append(parent, text);
  }

  #closesInnermost(start: number, end: number): boolean {
    const name = this.#innermost?.tag;
    return name?.length === end - start && this.#source.startsWith(name, start);
  }

  #closeTag(tag: Tag, end: number): void {
    if (tag.isVoid) {
      if (tag.name === lineBreak.name) this.#implied(lineBreak, end);
    } else if (this.#isOpen(tag.name)) {
      while (this.#innermost !== undefined && this.#innermost.tag !== tag.name) this.#close();
      this.#close();
    } else if (tag.name === paragraph.name && this.#begin(paragraph)) {
      this.#implied(paragraph, end);
      this.#close();
    }
  }

  /** An end tag without its start tag makes an empty element of these two. */
  #implied(tag: Tag, end: number): void {
    this.#attributes.begin();
    this.#add(this.#index.startTag(tag, this.#attributes.end()), end);
  }

  #close(): void {
    const element = this.#innermost;
    if (element === undefined) return;
    this.#innermost = element.parent;
    if (this.#open.pop()?.context !== undefined) this.#contexts.pop();
    element.last = this.#index.size - 1;
    // An implied end is reported at the tag that implies it, which may lie before the content's start.
    element.innerEnd = Math.max(element.innerStart, this.#start);
  }
}

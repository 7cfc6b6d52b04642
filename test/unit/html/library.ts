import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Parser, type Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { HtmlElement } from '../../../src/html/element.ts';
import type { Page } from '../../../src/html/page.ts';
import { tokenize } from '../../../src/html/tokenizer.ts';

/** All names that the library's parser knows something of, in lower case. */
export const libraryNames: readonly string[] = (() => {
  const parser = new URL(
    'Parser.js',
    `file://${createRequire(import.meta.url).resolve('htmlparser2')}`,
  );
  const quoted = readFileSync(parser, 'utf8').matchAll(/"([a-z][a-z0-9-]*)"/gi);
  return [...new Set([...quoted].map(([, name = '']) => name.toLowerCase()))];
})();

/** Our tokenizer as htmlparser2's `Parser` would have one. */
class OurTokenizer {
  readonly running = true;
  readonly #callbacks: TokenizerCallbacks;
  #source = '';

  constructor(_options: unknown, callbacks: TokenizerCallbacks) {
    this.#callbacks = callbacks;
  }

  write(source: string): void {
    this.#source = source;
  }

  end(): void {
    tokenize(this.#source, this.#callbacks);
  }
}

/** A parser that writes down what its tokenizer tells it: the callback, then two numbers. */
class RecordingParser extends Parser {
  readonly calls: (string | number)[] = [];

  override ontext(start: number, end: number): void {
    this.calls.push('text', start, end);
    super.ontext(start, end);
  }
  override ontextentity(code: number, end: number): void {
    this.calls.push('textentity', code, end);
    super.ontextentity(code, end);
  }
  override onopentagname(start: number, end: number): void {
    this.calls.push('opentagname', start, end);
    super.onopentagname(start, end);
  }
  override onopentagend(end: number): void {
    this.calls.push('opentagend', end, 0);
    super.onopentagend(end);
  }
  override onselfclosingtag(end: number): void {
    this.calls.push('selfclosingtag', end, 0);
    super.onselfclosingtag(end);
  }
  override onclosetag(start: number, end: number): void {
    this.calls.push('closetag', start, end);
    super.onclosetag(start, end);
  }
  override onattribname(start: number, end: number): void {
    this.calls.push('attribname', start, end);
    super.onattribname(start, end);
  }
  override onattribdata(start: number, end: number): void {
    this.calls.push('attribdata', start, end);
    super.onattribdata(start, end);
  }
  override onattribentity(code: number): void {
    this.calls.push('attribentity', code, 0);
    super.onattribentity(code);
  }
  override onattribend(quote: 0 | 1 | 2 | 3, end: number): void {
    this.calls.push('attribend', quote, end);
    super.onattribend(quote, end);
  }
  override ondeclaration(start: number, end: number): void {
    this.calls.push('declaration', start, end);
    super.ondeclaration(start, end);
  }
  override onprocessinginstruction(start: number, end: number): void {
    this.calls.push('processinginstruction', start, end);
    super.onprocessinginstruction(start, end);
  }
  override oncomment(start: number, end: number, marks: number): void {
    this.calls.push('comment', start, end, 'marks', marks, 0);
    super.oncomment(start, end, marks);
  }
  override oncdata(start: number, end: number, marks: number): void {
    this.calls.push('cdata', start, end, 'marks', marks, 0);
    super.oncdata(start, end, marks);
  }
  override onend(): void {
    this.calls.push('end', 0, 0);
    super.onend();
  }
}

export type Call = readonly (string | number)[];

/** The first call in which our tokenizer and the library's differ on a page: ours and theirs. */
export const differingCall = (source: string): readonly [ours: Call, theirs: Call] | undefined => {
  const library = new RecordingParser({}, { decodeEntities: true });
  const own = new RecordingParser({}, { Tokenizer: OurTokenizer as unknown as typeof Tokenizer });
  library.end(source);
  own.end(source);
  const length = Math.max(own.calls.length, library.calls.length);
  for (let at = 0; at < length; at++)
    if (own.calls[at] !== library.calls[at]) {
      const first = at - (at % 3);
      return [own.calls.slice(first, first + 3), library.calls.slice(first, first + 3)];
    }
  return undefined;
};

type Draft = { -readonly [Key in keyof HtmlElement]: HtmlElement[Key] } & {
  children: (HtmlElement | string)[];
};

const push = (lists: Map<string, HtmlElement[]>, key: string, item: HtmlElement): void => {
  const list = lists.get(key) ?? [];
  list.push(item);
  lists.set(key, list);
};

/** The page as htmlparser2's own parser and tokenizer tell it. */
export const libraryPage = (source: string): Page => {
  const elements: HtmlElement[] = [];
  const byId = new Map<string, HtmlElement>();
  const byName = new Map<string, HtmlElement[]>();
  const byTag = new Map<string, HtmlElement[]>();
  const byClass = new Map<string, HtmlElement[]>();
  const open: Draft[] = [];
  const parser: Parser = new Parser(
    {
      onopentag(tag, attributes) {
        const parent = open.at(-1);
        const element: Draft = {
          tag,
          attributes,
          classes: (attributes['class'] ?? '').split(/\s+/).filter(Boolean),
          parent,
          children: [],
          index: elements.length,
          last: elements.length,
          innerStart: parser.endIndex + 1,
          innerEnd: source.length,
        };
        parent?.children.push(element);
        elements.push(element);
        open.push(element);
        push(byTag, tag, element);
        for (const name of element.classes) push(byClass, name, element);
        const { id, name } = attributes;
        if (id !== undefined && !byId.has(id)) byId.set(id, element);
        if (name !== undefined) push(byName, name, element);
      },
      ontext(text) {
        const siblings = open.at(-1)?.children;
        const before = siblings?.at(-1);
        if (typeof before === 'string') siblings?.splice(-1, 1, before + text);
        else siblings?.push(text);
      },
      onclosetag() {
        const element = open.pop();
        if (element === undefined) return;
        element.last = elements.length - 1;
        element.innerEnd = Math.max(element.innerStart, parser.startIndex);
      },
    },
    { decodeEntities: true },
  );
  parser.end(source);
  return { source, elements, byId, byName, byTag, byClass };
};

/** Everything in a page, without the circles: elements by their index. */
export const plain = ({ source, elements, ...indexes }: Page): unknown => [
  source,
  elements.map(({ parent, children, ...rest }) => [
    rest,
    parent?.index,
    children.map((child) => (typeof child === 'string' ? child : child.index)),
  ]),
  Object.entries(indexes).map(([name, lists]) => [
    name,
    [...lists].map(([key, found]: [string, HtmlElement | readonly HtmlElement[]]) => [
      key,
      [found].flat().map(({ index }) => index),
    ]),
  ]),
];

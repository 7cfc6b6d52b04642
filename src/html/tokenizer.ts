import { DecodingMode, EntityDecoder, htmlDecodeTree } from 'entities/decode';
import type { TokenizerCallbacks } from 'htmlparser2';
import {
  doubleQuote,
  endsName,
  equals,
  exclamationMark,
  greaterThan,
  isAsciiLetter,
  isWhitespace,
  questionMark,
  singleQuote,
  slash,
} from './char-codes.ts';
import { isEscapable, rawTextEnd, rawTextName, startsRawTextName } from './raw-text.ts';

/** The values of htmlparser2's `QuoteType`, importing which would import the parser. */
const quoteType = { noValue: 0, unquoted: 1, single: 2, double: 3 } as const;

type QuoteType = (typeof quoteType)[keyof typeof quoteType];

export interface PageCallbacks extends TokenizerCallbacks {
  /**
   * Asked about every start tag, from its name to the first `>` behind it. True says that it
   * has been dealt with; else it is read and told as htmlparser2 would.
   */
  onstarttag?(start: number, end: number): boolean;
}

/**
 * Splits a whole page of HTML for htmlparser2's callbacks: the same calls with the same
 * positions in the same order as from its own `Tokenizer`, which decodes entities. That one may
 * be fed in pieces and looks at every character in a switch of its states; with the whole page
 * at hand, `indexOf` finds where most things end.
 *
 * Two things are read as browsers do, and not as htmlparser2 12.0: U+001C and U+000F are no `<`
 * and `/` of the end tag of a text area, a title or a script; and a reference is decoded even
 * where the beginning of such an end tag stands before it, as in `<&amp;`.
 */
class Tokenizer {
  readonly #source: string;
  readonly #callbacks: PageCallbacks;
  readonly #decoder: EntityDecoder;
  /** Where that begins of the text or value being read that has not been told yet. */
  #untold = 0;
  #referenceStart = 0;
  #inAttribute = false;
  #nextAmpersand = -1;

  constructor(source: string, callbacks: PageCallbacks) {
    this.#source = source;
    this.#callbacks = callbacks;
    this.#decoder = new EntityDecoder(htmlDecodeTree, (code, length) =>
      this.#tellReference(code, this.#referenceStart + length),
    );
  }

  run(): void {
    for (let at = 0; at < this.#source.length; ) at = this.#text(at);
    this.#callbacks.onend();
  }

  /** Text, and the markup behind it. Like all that follow, returns where to go on. */
  #text(from: number): number {
    let start = from;
    for (let at = from; ; at = start + 1) {
      const open = this.#source.indexOf('<', at);
      if (open === -1) return this.#textUntil(start, this.#source.length);
      this.#textUntil(start, open);
      const code = this.#source.charCodeAt(open + 1);
      if (isAsciiLetter(code)) return this.#startTag(open + 1);
      if (code === slash) return this.#endTag(open);
      if (code === exclamationMark) return this.#declaration(open + 2);
      if (code === questionMark) return this.#bogusComment(open + 1);
      // No markup after all: a text of its own begins with it.
      start = open;
    }
  }

  #textUntil(start: number, end: number): number {
    this.#untold = start;
    this.#references(start, end, false);
    if (this.#untold < end) this.#callbacks.ontext(this.#untold, end);
    return end;
  }

  /** Decodes what is between two places; returns where the last reference was read to. */
  #references(start: number, end: number, inAttribute: boolean): number {
    let read = start;
    for (let at = this.#ampersandFrom(start); at < end; at = this.#ampersandFrom(read))
      read = this.#reference(at, inAttribute);
    return read;
  }

  /** Looked for once: most texts and values end before the next one. */
  #ampersandFrom(from: number): number {
    if (this.#nextAmpersand < from) {
      const found = this.#source.indexOf('&', from);
      this.#nextAmpersand = found === -1 ? this.#source.length : found;
    }
    return this.#nextAmpersand;
  }

  #reference(at: number, inAttribute: boolean): number {
    this.#referenceStart = at;
    this.#inAttribute = inAttribute;
    this.#decoder.startEntity(inAttribute ? DecodingMode.Attribute : DecodingMode.Legacy);
    const length = this.#decoder.write(this.#source, at + 1);
    if (length >= 0) return at + Math.max(length, 1);
    this.#decoder.end();
    return this.#source.length;
  }

  #tellReference(code: number, end: number): void {
    const hasMore = this.#untold < this.#referenceStart;
    if (this.#inAttribute) {
      if (hasMore) this.#callbacks.onattribdata(this.#untold, this.#referenceStart);
      this.#callbacks.onattribentity(code);
    } else {
      if (hasMore) this.#callbacks.ontext(this.#untold, this.#referenceStart);
      this.#callbacks.ontextentity(code, end);
    }
    this.#untold = end;
  }

  #endTag(open: number): number {
    const start = open + 2;
    if (start === this.#source.length) return this.#textUntil(open, start);
    const code = this.#source.charCodeAt(start);
    if (code === greaterThan) return start + 1;
    return isAsciiLetter(code) ? this.#endTagFromName(start) : this.#bogusComment(start);
  }

  #endTagFromName(start: number): number {
    const end = this.#nameEnd(start);
    if (end === this.#source.length) return end;
    this.#callbacks.onclosetag(start, end);
    const close = this.#source.indexOf('>', end);
    return close === -1 ? this.#unclosedTag() : close + 1;
  }

  /** What htmlparser2 tells of a page that ends within some tags; it has no place for them. */
  #unclosedTag(): number {
    this.#callbacks.ontext(-1, this.#source.length);
    return this.#source.length;
  }

  #nameEnd(start: number): number {
    const source = this.#source;
    let at = start + 1;
    while (at < source.length && !endsName(source.charCodeAt(at))) at++;
    return at;
  }

  #startTag(start: number): number {
    if (this.#callbacks.onstarttag !== undefined) {
      const close = this.#source.indexOf('>', start);
      if (close !== -1 && this.#callbacks.onstarttag(start, close)) return close + 1;
    }
    const end = this.#nameEnd(start);
    if (end === this.#source.length) return this.#cutOffName(start);
    const isForeign = this.#callbacks.isInForeignContext?.() === true;
    const name = isForeign ? undefined : rawTextName(this.#source, start, end);
    this.#callbacks.onopentagname(start, end);
    const body = this.#attributes(end);
    return name === undefined ? body : this.#rawText(body, name);
  }

  #cutOffName(start: number): number {
    const end = this.#source.length;
    if (!this.#callbacks.isInForeignContext?.() && startsRawTextName(this.#source.slice(start)))
      this.#callbacks.ontext(start, end);
    return end;
  }

  #attributes(from: number): number {
    const source = this.#source;
    let at = from;
    while (at < source.length) {
      const code = source.charCodeAt(at);
      if (code === greaterThan) {
        this.#callbacks.onopentagend(at);
        return at + 1;
      }
      if (code === slash) {
        at = this.#afterWhitespace(at + 1);
        if (at === source.length) return this.#unclosedTag();
        if (source.charCodeAt(at) === greaterThan) {
          this.#callbacks.onselfclosingtag(at);
          return at + 1;
        }
      } else if (isWhitespace(code)) at++;
      else at = this.#attribute(at);
    }
    return at;
  }

  #afterWhitespace(from: number): number {
    let at = from;
    while (isWhitespace(this.#source.charCodeAt(at))) at++;
    return at;
  }

  #attribute(start: number): number {
    const source = this.#source;
    const end = this.#attributeNameEnd(start);
    if (end === source.length) return end;
    this.#callbacks.onattribname(start, end);
    const next = this.#afterWhitespace(end);
    if (next === source.length) return next;
    if (source.charCodeAt(next) !== equals) {
      this.#callbacks.onattribend(quoteType.noValue, end);
      return next;
    }
    const value = this.#afterWhitespace(next + 1);
    const code = source.charCodeAt(value);
    if (code === doubleQuote) return this.#quoted(value + 1, '"', quoteType.double);
    if (code === singleQuote) return this.#quoted(value + 1, "'", quoteType.single);
    return this.#unquoted(value);
  }

  /** Its first character may be any, `=` too. */
  #attributeNameEnd(start: number): number {
    const source = this.#source;
    let at = start + 1;
    for (; at < source.length; at++) {
      const code = source.charCodeAt(at);
      if (code === equals || endsName(code)) break;
    }
    return at;
  }

  #quoted(start: number, quote: string, type: QuoteType): number {
    const end = this.#source.indexOf(quote, start);
    return end === -1 ? this.#unclosedValue(start) : this.#value(start, end, type, end + 1);
  }

  #unquoted(start: number): number {
    const source = this.#source;
    let end = start;
    for (; end < source.length; end++) {
      const code = source.charCodeAt(end);
      if (code === greaterThan || isWhitespace(code)) break;
    }
    if (end === source.length) return this.#unclosedValue(start);
    return this.#value(start, end, quoteType.unquoted, end);
  }

  #value(start: number, end: number, type: QuoteType, next: number): number {
    this.#untold = start;
    this.#references(start, end, true);
    this.#callbacks.onattribdata(this.#untold, end);
    this.#callbacks.onattribend(type, next);
    return next;
  }

  #unclosedValue(start: number): number {
    const end = this.#source.length;
    this.#untold = start;
    const read = this.#references(start, end, true);
    if (read < end && this.#untold < end) this.#callbacks.onattribdata(this.#untold, end);
    return end;
  }

  #rawText(start: number, name: string): number {
    const found = rawTextEnd(this.#source, start, name);
    const end = found === -1 ? this.#source.length : found;
    if (isEscapable(name)) this.#textUntil(start, end);
    else if (start < end) this.#callbacks.ontext(start, end);
    return found === -1 ? end : this.#endTagFromName(found + 2);
  }

  #declaration(start: number): number {
    const source = this.#source;
    if (source.startsWith('--', start)) return this.#comment(start + 2);
    if (source.startsWith('[CDATA[', start)) return this.#characterData(start);
    if (source.slice(start, start + 7).toLowerCase() !== 'doctype')
      return this.#bogusComment(start);
    const end = source.indexOf('>', start);
    if (end === -1) return source.length;
    this.#callbacks.ondeclaration(start, end);
    return end + 1;
  }

  #comment(start: number): number {
    const source = this.#source;
    if (source.startsWith('>', start)) return this.#tellComment(start, start, 0);
    if (source.startsWith('->', start)) return this.#tellComment(start, start + 1, 1);
    const ending = /--!?>/g;
    ending.lastIndex = start;
    const found = ending.exec(source);
    if (found !== null) return this.#tellComment(start, ending.lastIndex - 1, found[0].length - 1);
    const begun = /--!$|-{0,2}$/.exec(source.slice(Math.max(start, source.length - 3)));
    return this.#tellComment(start, source.length, begun?.[0].length ?? 0);
  }

  #characterData(start: number): number {
    const found = this.#source.indexOf(']]>', start + 7);
    if (found === -1) return this.#tellComment(start, this.#source.length, 0);
    this.#callbacks.oncdata(start + 7, found + 2, 2);
    return found + 3;
  }

  #bogusComment(start: number): number {
    const found = this.#source.indexOf('>', start);
    return this.#tellComment(start, found === -1 ? this.#source.length : found, 0);
  }

  /** `end` is its `>`, and `marks` how many characters before that are not part of it. */
  #tellComment(start: number, end: number, marks: number): number {
    this.#callbacks.oncomment(start, end, marks);
    return Math.min(end + 1, this.#source.length);
  }
}

/** Tells the callbacks what a page consists of, up to `onend`. */
export const tokenize = (source: string, callbacks: PageCallbacks): void =>
  new Tokenizer(source, callbacks).run();

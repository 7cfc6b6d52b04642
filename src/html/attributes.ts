import { knownWords } from './known-words.ts';

/** The attributes of a start tag, and those of them that pages are searched by. */
export interface Attributes {
  readonly values: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  readonly id: string | undefined;
  readonly name: string | undefined;
}

const attributeName = knownWords((word) => word.toLowerCase());

const noClasses: readonly string[] = [];

/** Collects the attributes of one start tag after the other; the first of a name counts. */
export class AttributeReader {
  readonly #source: string;
  readonly #classLists = new Map<string, readonly string[]>();
  #values: Record<string, string> = {};
  #classes = noClasses;
  #id: string | undefined;
  #name: string | undefined;
  #attribute = '';
  #value = '';

  constructor(source: string) {
    this.#source = source;
  }

  begin(): void {
    this.#values = {};
    this.#classes = noClasses;
    this.#id = undefined;
    this.#name = undefined;
  }

  attribute(start: number, end: number): void {
    this.#attribute = attributeName(this.#source, start, end);
    this.#value = '';
  }

  data(start: number, end: number): void {
    this.#value += this.#source.slice(start, end);
  }

  character(code: number): void {
    this.#value += String.fromCodePoint(code);
  }

  attributeEnd(): void {
    const attribute = this.#attribute;
    if (Object.hasOwn(this.#values, attribute)) return;
    const value = this.#value;
    this.#values[attribute] = value;
    if (attribute === 'class') this.#classes = this.#classesIn(value);
    else if (attribute === 'id') this.#id = value;
    else if (attribute === 'name') this.#name = value;
  }

  end(): Attributes {
    return {
      values: this.#values,
      classes: this.#classes,
      id: this.#id,
      name: this.#name,
    };
  }

  #classesIn(text: string): readonly string[] {
    const known = this.#classLists.get(text);
    if (known !== undefined) return known;
    const classes = text.split(/\s+/).filter(Boolean);
    this.#classLists.set(text, classes);
    return classes;
  }
}

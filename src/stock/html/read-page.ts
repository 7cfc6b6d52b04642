import { Parser } from 'htmlparser2';
import { GatewayError } from '../../operations/errors.ts';
import type { HtmlElement } from './element.ts';
import type { Page } from './page.ts';

/** Deepest nesting read, in elements; browsers stop nesting at 512 too. */
export const maxDepth = 512;

/** What the handler writes; {@link HtmlElement} is how everyone else sees it. */
interface Draft extends HtmlElement {
  readonly children: (HtmlElement | string)[];
  last: number;
  innerEnd: number;
}

const noClasses: readonly string[] = [];

const push = <T>(lists: Map<string, T[]>, key: string, item: T): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
};

/**
 * Parses a page and indexes it in the same pass. Carriage returns stay as they are: a browser
 * would post them back, and so must we.
 *
 * Elements are our own rather than domhandler's: siblings, accessors and text nodes are never
 * needed here, and leaving them out halves the time.
 *
 * @throws GatewayError `upstream` when the page is nested deeper than {@link maxDepth}
 */
export const readPage = (source: string): Page => {
  const elements: HtmlElement[] = [];
  const byId = new Map<string, HtmlElement>();
  const byName = new Map<string, HtmlElement[]>();
  const byTag = new Map<string, HtmlElement[]>();
  const byClass = new Map<string, HtmlElement[]>();
  const classLists = new Map<string, readonly string[]>();
  const open: Draft[] = [];

  const classesOf = (text: string | undefined): readonly string[] => {
    if (text === undefined) return noClasses;
    const known = classLists.get(text);
    if (known !== undefined) return known;
    const classes = text.split(/\s+/).filter(Boolean);
    classLists.set(text, classes);
    return classes;
  };

  const parser: Parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (open.length >= maxDepth)
          throw new GatewayError('upstream', 'The admin sent a page that is nested too deeply.');
        const parent = open.at(-1);
        const element: Draft = {
          tag,
          attributes,
          classes: classesOf(attributes['class']),
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
        if (siblings === undefined) return;
        const before = siblings.at(-1);
        // Entities arrive as texts of their own.
        if (typeof before === 'string') siblings[siblings.length - 1] = before + text;
        else siblings.push(text);
      },
      onclosetag() {
        const element = open.pop();
        if (element === undefined) return;
        element.last = elements.length - 1;
        // An implied end is reported at the tag that implies it, which may lie before the content's start.
        element.innerEnd = Math.max(element.innerStart, parser.startIndex);
      },
    },
    { decodeEntities: true },
  );
  parser.end(source);
  return { source, elements, byId, byName, byTag, byClass };
};

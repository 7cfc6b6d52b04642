import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readPage } from '../../../src/html/read-page.ts';
import { rawText } from '../../../src/html/text.ts';
import { djangos, names, recorded, themes } from '../stock/recorded.ts';
import { differingCall, libraryNames, libraryPage, plain } from './library.ts';

/** Tokenizer and builder, each held against htmlparser2's. */
const expectSame = (html: string): void => {
  expect(differingCall(html)).toBeUndefined();
  const [ours, theirs] = [plain(readPage(html)), plain(libraryPage(html))];
  // Comparing texts is quick; comparing values says where they differ.
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours).toEqual(theirs);
};

const pages = [...djangos, ...themes, 'locales-52' as const].flatMap((setup) =>
  names(setup).flatMap((name) => recorded(setup, name).body ?? []),
);

const references = [
  '&amp;',
  '&lt',
  '&nbsp;',
  '&#39;',
  '&#x27',
  '&notit;',
  '&copy=1',
  '&NotEqualTilde;',
  '&ampx',
  '&#0;',
  '&#x110000;',
  '&',
  '&#',
  '&#x',
  '&am',
  '&#150',
  '&amp',
];
const elements = [
  'p',
  'P',
  'b',
  'a',
  'li',
  'td',
  'tr',
  'th',
  'tbody',
  'table',
  'option',
  'select',
  'form',
  'FORM',
  'h1',
  'dd',
  'br',
  'bR',
  'input',
  'img',
  'image',
  'link',
  'div',
  'noembed',
  'noframes',
  'iframe',
  'xmp',
  'script',
  'Style',
  'title',
  'TEXTAREA',
  'textarea',
  'svg',
  'SVG',
  'math',
  'mi',
  'foreignObject',
  'foreignobject',
  'linearGradient',
  'lineargradient',
  'desc',
  'annotation-xml',
  'scripty',
  'x\0y',
  'é',
  'pé😀',
];
const oddities = [
  '<',
  '</',
  '>',
  '/',
  '<!',
  '<?',
  '<!-',
  '<!--',
  '-->',
  '--!>',
  '--!',
  '-',
  '<!-->',
  '<!--->',
  '<!---->',
  '<!doctype html>',
  '<!DOCTYPE',
  '<!doc',
  '<!d>',
  '<![CDATA[',
  '<![CDAT',
  ']]>',
  ']]',
  '</ p>',
  '</>',
  '<p/>',
  '<p/',
  '< p>',
  '<1',
  '<?php x?>',
  '</1>',
  '<svg/>',
  '<title/>',
  '<br/>',
  '</p ',
  '</p\n>',
  '</script',
  '</script x="',
  '</scriptx>',
  '</TITLE\t>',
  '</textarea/>',
  '<plaintext>',
  '<scr',
  '<texta',
  '<a "',
  '<a =',
  '<a b = ',
  '<a b="',
  "<a b='",
  '<a b=',
  '<a/b=c/>',
  '<a b="1"c=\'2\'d=3/e>',
  '<a b=x y B=z b>',
  '<p id=i name=n class="k l k">',
  '<p id=i name=n class="k l k">',
  '<p class=a&amp;b>',
  '<a b="x>y">',
  '<a b="x>y">',
  '<p __proto__=x constructor=y>',
  '\0',
  '😀é',
  '\r\n',
  '\f',
  ' ',
];
const around = (tag: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    `<${tag}>`,
    `<${tag}>`,
    `</${tag}>`,
    `<${tag} a=`,
    `<${tag} class="x y"`,
    `<${tag}/>`,
    `</${tag} `,
  );
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...elements).chain(around) },
  { weight: 3, arbitrary: fc.constantFrom(...oddities) },
  { weight: 2, arbitrary: fc.constantFrom(...references) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);

/** See the tests at the end. */
const isReadOtherwise = (html: string): boolean =>
  /<(?:title|textarea)/i.test(html) && /<(?:\/[a-z]*)?&/i.test(html);

describe('our tokenizer and page builder, held against htmlparser2', () => {
  it('tell the same of every recorded page', () => {
    expect(pages.length).toBeGreaterThan(400);
    for (const html of pages) expectSame(html);
  });

  it('tell the same of pages that begin and end anywhere', () => {
    const [list, form] = [recorded('django-61', 'list').body, recorded('unfold-52', 'change').body];
    for (const html of [list ?? '', form ?? ''])
      for (let end = 97; end < html.length; end += 97) {
        expectSame(html.slice(0, end).slice(-800));
      }
  });

  it('tell the same of pages of nasty pieces', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const html = pieces.join('');
        fc.pre(!isReadOtherwise(html));
        expectSame(html);
      }),
      { numRuns: 6_000 },
    );
  });

  it('tell the same of every element in and behind every other', () => {
    expect(libraryNames).toEqual(expect.arrayContaining(['wbr', 'optgroup', 'textpath', 'mi']));
    for (const inner of libraryNames)
      expectSame(
        libraryNames
          .map((outer) => `<div><${outer}>a<${inner} b=c>d</${outer}>e</${inner}></div>`)
          .join(''),
      );
    for (const name of libraryNames)
      for (const around of ['svg', 'math', 'foreignobject'])
        expectSame(`<svg><${around}><${name}>a<p/>b</${name}>c<${name}/>d</${around}>e</svg>f`);
  });

  it.each([
    '<svg/>a<svg/>b',
    '<svg><![CDATA[a]]>b</svg><![CDATA[c]]>',
    '<plaintext>a</plaintext>b',
    '<script>a</script><script>b</script>',
    '<p\fid=a\f>b</p\f>',
    '<form><div id=a><form class=b></div>',
    '<div class=a>b</div><div class=a>c</div><div class=a/>d',
  ])('tell the same of %j', (html) => expectSame(html));
});

describe('what our tokenizer reads as browsers do, and htmlparser2 12.0 does not', () => {
  const textOf = (html: string): string => {
    const [area] = readPage(html).elements;
    return area === undefined ? '' : rawText(area);
  };

  it('is a text area with control characters that look like an end tag to it', () => {
    expect(textOf('<textarea>a\x1c/textarea b</textarea>')).toBe('a\x1c/textarea b');
    expect(textOf('<textarea>a<\x0ftextarea b</textarea>')).toBe('a<\x0ftextarea b');
  });

  it('is a reference behind the beginning of an end tag', () => {
    expect(textOf('<textarea><&amp;</text&lt;</textarea>')).toBe('<&</text<');
  });
});

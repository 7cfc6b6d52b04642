import { knownWords } from './known-words.ts';

/** What the content of an element is read as. */
export type Context = 'html' | 'svg' | 'math';

/** What there is to know of an element by its name, as htmlparser2 12.0 has it. */
export interface Tag {
  readonly name: string;
  readonly isVoid: boolean;
  /** Elements that its start tag ends where they are the innermost one. */
  readonly ends: ReadonlySet<string> | undefined;
  /** Where its content is read in another way. */
  readonly context: Context | undefined;
}

const words = (text: string): readonly string[] => text.split(' ');

const voidElements = new Set(
  words(
    'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr',
  ),
);

const contexts = new Map<string, Context>([
  ['svg', 'svg'],
  ['math', 'math'],
  ...words('mi mo mn ms mtext annotation-xml foreignObject desc title').map(
    (name): [string, Context] => [name, 'html'],
  ),
]);

/** Start tags, and what they end. */
const impliedEnds: readonly (readonly [starts: string, ends: string])[] = [
  ['tr', 'tr th td'],
  ['th', 'th'],
  ['td', 'thead th td'],
  ['tbody tfoot', 'thead tbody'],
  ['body', 'head link script'],
  ['a', 'a'],
  ['li', 'li'],
  ['dd dt', 'dd dt'],
  ['rt rp', 'rt rp'],
  ['option', 'option'],
  ['optgroup', 'optgroup option'],
  [
    'select input output button datalist textarea',
    'input option optgroup select button datalist textarea',
  ],
  ['h1 h2 h3 h4 h5 h6', 'h1 h2 h3 h4 h5 h6 p'],
  [
    'p address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul',
    'p',
  ],
];

const ends = new Map<string, ReadonlySet<string>>(
  impliedEnds.flatMap(([starts, ended]) => {
    const set = new Set(words(ended));
    return words(starts).map((name): [string, ReadonlySet<string>] => [name, set]);
  }),
);

/** Names in SVG that are not lower case, by the lower case that the page may have them in. */
const svgNames = new Map(
  words(
    'altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient radialGradient textPath',
  ).map((name) => [name.toLowerCase(), name]),
);

export const tagNamed = (name: string): Tag => ({
  name,
  isVoid: voidElements.has(name),
  ends: ends.get(name),
  context: contexts.get(name),
});

/** The tag whose name stands between two places of a page, by what it stands in. */
export const tagIn = {
  html: knownWords((word) => {
    const name = word.toLowerCase();
    return tagNamed(name === 'image' ? 'img' : name);
  }),
  svg: knownWords((word) => {
    const name = word.toLowerCase();
    return tagNamed(svgNames.get(name) ?? name);
  }),
  math: knownWords((word) => tagNamed(word.toLowerCase())),
} satisfies Record<Context, unknown>;

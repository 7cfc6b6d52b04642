import { endsName } from './char-codes.ts';

/** Elements whose content is text up to their own end tag, or to the end of the page. */
const rawTextElements = ['script', 'style', 'iframe', 'noembed', 'noframes', 'xmp', 'plaintext'];

/** The same, but with character references. */
const escapableElements = ['title', 'textarea'];

const names = [...rawTextElements, ...escapableElements];

export const isRawText = (name: string): boolean => names.includes(name);

export const isEscapable = (name: string): boolean => escapableElements.includes(name);

/** By the last five bits of their first letter, which are the same in both cases. */
const byInitial: readonly (readonly string[])[] = Array.from({ length: 32 }, (_, bits) =>
  names.filter((name) => (name.charCodeAt(0) & 0x1f) === bits),
);

const none: readonly string[] = [];

/** The name of an element with raw text between two places of a page, if that is what stands there. */
export const rawTextName = (source: string, start: number, end: number): string | undefined => {
  for (const name of byInitial[source.charCodeAt(start) & 0x1f] ?? none)
    if (name.length === end - start && source.slice(start, end).toLowerCase() === name) return name;
  return undefined;
};

/** Whether a name could still become one of those, were the page not over. */
export const startsRawTextName = (start: string): boolean =>
  names.some((name) => name.startsWith(start.toLowerCase()));

/** Where the end tag of a raw text begins, or -1. */
export const rawTextEnd = (source: string, from: number, name: string): number => {
  if (name === 'plaintext') return -1;
  for (let at = source.indexOf('</', from); at !== -1; at = source.indexOf('</', at + 2)) {
    const end = at + 2 + name.length;
    if (
      end < source.length &&
      endsName(source.charCodeAt(end)) &&
      source.slice(at + 2, end).toLowerCase() === name
    )
      return at;
  }
  return -1;
};

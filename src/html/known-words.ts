/** A power of two; all recorded pages of one Django have 50 names of elements, 80 of attributes. */
const slots = 1024;

/** Longest word that is kept, in characters. */
const maxLength = 64;

interface KnownWord<T> {
  readonly codes: Uint16Array;
  readonly value: T;
}

/**
 * The same text as the engine's own copy of it: short, whereas a slice keeps the page alive, and
 * found at once where it is a property's name.
 */
const internalized = (text: string): string => Object.keys({ [text]: 0 })[0] ?? text;

const codesOf = (text: string): Uint16Array =>
  Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

const isAt = (source: string, start: number, codes: Uint16Array): boolean => {
  for (let i = 0; i < codes.length; i++)
    if (source.charCodeAt(start + i) !== codes[i]) return false;
  return true;
};

/**
 * What `make` makes of a word that stands in a page, without cutting the word out each time:
 * every page has the same few. Two words that share a slot take turns in it, so that no page can
 * fill the memory.
 */
export const knownWords = <T>(
  make: (word: string) => T,
): ((source: string, start: number, end: number) => T) => {
  const known = Array.from({ length: slots }, (): KnownWord<T> | undefined => undefined);
  return (source, start, end) => {
    if (end - start > maxLength) return make(source.slice(start, end));
    // FNV-1a.
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193);
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    const found = known[slot];
    if (
      found !== undefined &&
      found.codes.length === end - start &&
      isAt(source, start, found.codes)
    )
      return found.value;
    const word = internalized(source.slice(start, end));
    const value = make(word);
    known[slot] = { codes: codesOf(word), value };
    return value;
  };
};

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
  nbsp: ' ',
};

/**
 * The text of a fragment that Django made of a label and a link: `Invoice: <a href="…">7</a>`.
 * Django escapes what comes from records, so every `<` here is Django's own.
 */
export const flattenHtml = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
    .trim();

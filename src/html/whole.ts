/** Where the end of a document is looked for, in characters from its end. */
const tailLength = 2_000;

const count = (html: string, pattern: RegExp): number => html.match(pattern)?.length ?? 0;

/**
 * Whether a page came to its end. Themes leave a `div` open, and minifiers leave out what HTML
 * lets them, `</html>` among it but never `</div>`: only a page that does both was cut off.
 */
export const isWhole = (html: string): boolean =>
  /<\/(?:html|body)>/i.test(html.slice(-tailLength)) ||
  count(html, /<div[\s>]/gi) <= count(html, /<\/div>/gi);

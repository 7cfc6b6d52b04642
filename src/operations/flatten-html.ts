/** What computed columns and Django's own links write; an entity beyond these stays as it is written. */
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  middot: '·',
  times: '×',
  larr: '←',
  rarr: '→',
  euro: '€',
};

const decode = (whole: string, name: string): string => {
  const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  if (hex === undefined && decimal === undefined) return entities[name] ?? whole;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0x10ffff ? whole : String.fromCodePoint(code);
};

/** Markup whose text nobody sees. */
const unseen = /<!--.*?(?:-->|$)|<(script|style|template)\b.*?(?:<\/\1\s*>|$)/gis;
/** Images say what they show. */
const pictured = /<img\b[^>]*?\balt=(?:"([^"]*)"|'([^']*)')[^>]*>/gi;
const breaking = /<\/?(?:br|p|div|li|ul|ol|tr|td|th|dd|dt|table|h[1-6])\b[^>]*>/gi;
const tag = /<[/!?]?[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;

/** Longest fragment looked at, in characters; no cell that a person reads comes near it. */
const maxMarkup = 20_000;

/**
 * The text of a fragment of HTML, such as `Invoice: <a href="…">7</a>`: what a reader would see
 * of it. Django escapes what comes from records, so that the tags are the project's own.
 */
export const flattenHtml = (html: string): string =>
  (html.length > maxMarkup ? `${html.slice(0, maxMarkup)}…` : html)
    .replace(unseen, '')
    .replace(pictured, (_, double?: string, single?: string) => double ?? single ?? '')
    .replace(breaking, ' ')
    .replace(tag, '')
    .replace(/&(#?\w{1,31});/g, decode)
    .replace(/\s+/g, ' ')
    .trim();

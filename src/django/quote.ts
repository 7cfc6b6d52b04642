/** What `django.contrib.admin.utils.quote` replaces, the same from 3.2 to 6.1. */
const special = new Set(`":/_#?;@&=+$,[]<>%\n\\`);

const hex = (character: string): string =>
  `_${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** A primary key as the admin writes it into its URLs, before percent-encoding: `a/b` is `a_2Fb`. */
export const quotePk = (pk: string): string => {
  let quoted = '';
  for (const character of pk) quoted += special.has(character) ? hex(character) : character;
  return quoted;
};

/** The reverse. As in Django, `_XX` is undone only for characters that {@link quotePk} replaces. */
export const unquotePk = (quoted: string): string =>
  quoted.replace(/_([0-9A-F]{2})/g, (whole, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return special.has(character) ? character : whole;
  });

/** A primary key as one segment of an admin URL: quoted and percent-encoded. */
export const pkSegment = (pk: string): string => encodeURIComponent(quotePk(pk));

/** The primary key in one segment of an admin URL. */
export const pkOfSegment = (segment: string): string => {
  try {
    return unquotePk(decodeURIComponent(segment));
  } catch {
    return unquotePk(segment);
  }
};

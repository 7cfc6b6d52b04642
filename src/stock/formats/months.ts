/** Alef with a hamza: Django 3.2 writes Arabic April with one in lists and with another in the catalogue. */
const alefs = /[\u0623\u0625]/g;

const letters = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[.\u00a0\s]/g, '')
    .replace(alefs, '\u0627');

const sharedPrefix = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
};

/** How well a written month fits a name of one: 1 is a prefix either way, 0 nothing in common. */
const likeness = (written: string, name: string): number => {
  const shared = sharedPrefix(written, name);
  if (shared === 0) return 0;
  if (written === name) return 2;
  return shared === written.length || shared === name.length
    ? 1
    : shared / Math.max(written.length, name.length);
};

/** Below this a written month is not the name's other form. Russian "мая" for "май" has 0.67. */
const leastFit = 0.5;

/**
 * The month (1 to 12) that a text names. Lists show abbreviations ("Sept.") and cases
 * ("марта") that the catalogue does not hold, so the nearest name counts when it is the only
 * nearest.
 */
export const monthOf = (
  text: string,
  months: readonly (readonly string[])[],
): number | undefined => {
  const written = letters(text);
  const fits = months.map((names) =>
    Math.max(...names.map((name) => likeness(written, letters(name)))),
  );
  const best = Math.max(...fits);
  if (best < leastFit || fits.filter((each) => each === best).length > 1) return undefined;
  return fits.indexOf(best) + 1;
};

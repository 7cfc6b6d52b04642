/** Longest name compared, in characters; longer ones are nobody's typing error. */
const maxComparedLength = 64;

/** Levenshtein distance, one row at a time. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The known name that was most likely meant, or nothing when none is close. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  if (name.length > maxComparedLength) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const score = candidate.toLowerCase().startsWith(wanted)
      ? Math.min(1, candidate.length - wanted.length)
      : distance(wanted, candidate.toLowerCase());
    if (score < bestDistance) [best, bestDistance] = [candidate, score];
  }
  return best;
};

/** `did you mean "x"?`, or the known names when none is close and they are few. */
export const didYouMean = (name: string, known: readonly string[]): string => {
  const close = nearest(name, known);
  if (close !== undefined) return `Did you mean "${close}"?`;
  if (known.length === 0) return 'There are none.';
  const shown = known.slice(0, 30);
  return `Known: ${shown.join(', ')}${known.length > shown.length ? ', …' : ''}.`;
};

/** Whether a field's values are masked, by its name. */
export type IsRedacted = (name: string) => boolean;

/** Most names remembered: those of a large site's fields, and not what callers make up. */
const maxNames = 5_000;

/** Names that hold one of the words of `REDACT_FIELDS`, in any case. */
export const namesWith = (words: readonly string[]): IsRedacted => {
  const lower = words.map((word) => word.toLowerCase());
  // Every field of every row asks, and the names are always the same.
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const own = name.toLowerCase();
    const is = lower.some((word) => own.includes(word));
    if (known.size < maxNames) known.set(name, is);
    return is;
  };
};

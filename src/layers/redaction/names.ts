/** Whether a field's values are masked, by its name. */
export type IsRedacted = (name: string) => boolean;

/** Names that hold one of the words of `REDACT_FIELDS`, in any case. */
export const namesWith = (words: readonly string[]): IsRedacted => {
  const lower = words.map((word) => word.toLowerCase());
  return (name) => {
    const own = name.toLowerCase();
    return lower.some((word) => own.includes(word));
  };
};

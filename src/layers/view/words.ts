import type { JsonValue } from '../../operations/json.ts';
import type { Rule } from './lean.ts';

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Django's own plural of an English name, and the one that people write. */
const formsOf = (name: string): readonly string[] => [
  name,
  `${name}s`,
  `${name}es`,
  name.replace(/y$/, 'ies'),
];

/**
 * Whether a label tells what the name does not: "Weight in kg" of `weight` does, "Active" of
 * `is_active` and "Price changes" of `pricechange` do not.
 */
export const saysMore = (label: JsonValue | undefined, name: string): label is string => {
  if (typeof label !== 'string' || label === '' || label === name) return false;
  const spoken = name.replaceAll('_', ' ');
  // Most labels are Django's own; this spares them the regular expressions.
  if (label.toLowerCase() === spoken) return false;
  const said = wordsOf(label);
  const known = wordsOf(spoken);
  if (said.length === 0) return true;
  return (
    !said.every((word) => known.includes(word)) && !formsOf(known.join('')).includes(said.join(''))
  );
};

/** Most names and labels remembered: those of a large site's columns and fields. */
const maxKnown = 5_000;

const known = new Map<string, boolean>();

/** The same of columns, fields and actions, whose labels come again with every answer. */
const isTelling = (label: string, name: string): boolean => {
  const both = `${name}\n${label}`;
  const before = known.get(both);
  if (before !== undefined) return before;
  const is = saysMore(label, name);
  if (known.size < maxKnown) known.set(both, is);
  return is;
};

/** Keeps a label of something with a `name`. */
export const unlessRepeated: Rule = (label, { name }) =>
  typeof label === 'string' && isTelling(label, String(name)) ? label : undefined;

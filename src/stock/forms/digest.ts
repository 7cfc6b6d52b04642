import { createHash } from 'node:crypto';
import type { FormPair } from './types.ts';

/** Popup bookkeeping differs between the popup and the full page of the same object. */
const isOfThePage = (name: string): boolean =>
  name === '_popup' || name === '_to_field' || name === '_source_model' || name === 'next';

/** Names and values of a list are told apart by their lengths, so no value can imitate another list. */
const line = ([name, value]: FormPair): string =>
  `${name.length}:${name}=${value.length}:${value}\n`;

/**
 * The version of what a form shows: the same for every reading of an unchanged object, with
 * and without `_popup`, and another one after any edit. Blank inline rows count as well, as
 * they are part of the page; add forms whose initial values are drawn anew (`uuid4`, now)
 * have a new version each time.
 */
export const digest = (pairs: readonly FormPair[]): string => {
  const lines = pairs.filter(([name]) => !isOfThePage(name)).map(line);
  // Code-unit order: a locale's order would differ between machines.
  lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash('sha256').update(lines.join('')).digest('base64url');
};

import { GatewayError } from '../operations/errors.ts';
import { type GlobKind, globKinds } from '../operations/globs.ts';
import { allToolNames, operationOfTool } from '../operations/names.ts';
import { didYouMean } from '../operations/nearest.ts';
import type { Narrowing } from '../operations/upstream.ts';

const prefix = 'x-admin-';
/** Most items in one header: a list for a policy, not a way to keep us busy. */
const maxItems = 200;

const wrong = (header: string, expected: string, hint?: string): GatewayError =>
  new GatewayError('input', `The header ${header} must be ${expected}.`, {
    hint: hint ?? 'Leave it out where nothing is to be taken away.',
  });

const itemsIn = (header: string, text: string): string[] => {
  const items = text.split(',').map((item) => item.trim());
  if (items.some((item) => item === '')) throw wrong(header, 'a list with commas, none empty');
  if (items.length > maxItems) throw wrong(header, `a list of at most ${maxItems}`);
  return items;
};

const globs =
  (kind: GlobKind) =>
  (header: string, text: string): readonly string[] => {
    const { parse, expected } = globKinds[kind];
    const items = itemsIn(header, text);
    if (items.some((item) => parse(item) === undefined))
      throw wrong(header, `a list of ${expected}`);
    return items;
  };

const tools = (header: string, text: string): readonly string[] => {
  const items = itemsIn(header, text);
  const odd = items.find((item) => operationOfTool(item) === undefined);
  if (odd === undefined) return items;
  throw wrong(header, 'a list of tools', didYouMean(odd, allToolNames('snake')));
};

const yes = (header: string, text: string): true => {
  if (text.trim().toLowerCase() === 'true') return true;
  throw wrong(header, '"true"');
};

const rows = (header: string, text: string): number => {
  const count = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  if (count >= 1 && count <= 1000) return count;
  throw wrong(header, 'a whole number from 1 to 1000');
};

/** Every header that narrows, and what it means. */
const readers = {
  'X-Admin-Read-Only': (name, text) => ({ readOnly: yes(name, text) }),
  'X-Admin-Disable-Tools': (name, text) => ({ disabledTools: tools(name, text) }),
  'X-Admin-Models': (name, text) => ({ models: globs('model')(name, text) }),
  'X-Admin-Exclude-Models': (name, text) => ({ excludeModels: globs('model')(name, text) }),
  'X-Admin-Exclude-Fields': (name, text) => ({ excludeFields: globs('field')(name, text) }),
  'X-Admin-Max-Rows': (name, text) => ({ maxRows: rows(name, text) }),
} as const satisfies Readonly<Record<string, (name: string, text: string) => Narrowing>>;

const headerNames = Object.keys(readers) as (keyof typeof readers)[];

/**
 * What a request's own headers take away from what the settings allow.
 *
 * @param csrfHeader the one name with our prefix that is the site's, where it is
 * @throws GatewayError `input` for a header that is misspelt or cannot be read: it was meant to
 *   protect something
 */
export const narrowingOf = (headers: Headers, csrfHeader: string): Narrowing | undefined => {
  let narrowing: Narrowing | undefined;
  for (const [lower, text] of headers) {
    if (!lower.startsWith(prefix) || lower === csrfHeader.toLowerCase()) continue;
    const name = headerNames.find((known) => known.toLowerCase() === lower);
    if (name === undefined)
      throw new GatewayError('input', `There is no header "${lower}" here.`, {
        hint: didYouMean(lower, headerNames),
      });
    narrowing = { ...narrowing, ...readers[name](name, text) };
  }
  return narrowing;
};

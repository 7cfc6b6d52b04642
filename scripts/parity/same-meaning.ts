import { isRecord, type Pair } from './observation.ts';
import { type Rule, valueKey } from './rule.ts';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isCapitalised = ({ rest, stock }: Pair): boolean =>
  isText(rest) && isText(stock) && rest.toLowerCase() === stock.toLowerCase();

/** A key as text here and as a number there; the contract wants a number for integer keys. */
const isSameKey = ({ rest, stock }: Pair): boolean =>
  rest !== null && stock !== null && String(rest) === String(stock);

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const seconds = (text: unknown): number | undefined => {
  const match = /^(?:(-?\d+)(?: days?,)? )?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(String(text));
  if (match === null) return undefined;
  const [days, hours, minutes, rest] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (rest ?? 0);
};

const isSameDuration = ({ rest, stock }: Pair): boolean =>
  seconds(rest) !== undefined && seconds(rest) === seconds(stock);

const kindOf = (version: unknown): string | undefined => /^[fr]\./.exec(String(version))?.[0];

const isVersion = ({ rest, stock }: Pair): boolean =>
  kindOf(rest) !== undefined && kindOf(stock) !== undefined;

/** Other text, same value: these count as full. */
export const sameMeaning: readonly Rule[] = [
  {
    key: /(?:label|verbose_name|verbose_name_plural|cascade\[\]\.model)$/,
    when: isCapitalised,
    note: 'capitalised, as the admin shows it',
  },
  {
    key: /(?:^|\.)pk$/,
    when: isSameKey,
    note: 'a number for integer keys, as the contract has it; text on rest',
  },
  {
    key: /^pks$/,
    only: ['action'],
    when: ({ rest, stock }) => String(rest) === String(stock),
    note: 'numbers for integer keys, as the contract has it; text on rest',
  },
  {
    key: /(?:^|\.)version$/,
    when: (pair) => isVersion(pair) && kindOf(pair.rest) === kindOf(pair.stock),
    note: 'opaque, and good for the upstream that it comes from',
  },
  {
    key: /^(?:objects|conflicts)\[\]\.version$|^digest$/,
    when: isVersion,
    note: "opaque; of a row of the list, and on rest of the object's form",
  },
  { key: /^error\.message$/, when: ({ stock }) => isText(stock), note: 'in words of our own' },
  {
    key: /^errors\./,
    only: ['destroy', 'action'],
    when: ({ rest, stock }) => Array.isArray(rest) && Array.isArray(stock) && stock.length > 0,
    note: 'in words of our own',
  },
  {
    key: valueKey,
    only: ['add_form', 'form_spec'],
    when: ({ rest, stock }) => uuid.test(String(rest)) && uuid.test(String(stock)),
    note: 'a callable default, another one on each reading',
  },
  { key: valueKey, when: isSameDuration, note: 'durations as Django takes them: 1 02:03:04' },
  {
    key: valueKey,
    when: ({ type, rest, stock }) => type === 'decimal' && rest === 0 && stock === '0',
    note: 'decimals are text',
  },
  {
    key: /^redirect$/,
    only: ['create', 'form_submit'],
    when: ({ stock }) => isText(stock) && stock.endsWith('/change/'),
    note: "the object's page in the HTML admin; on rest its page in the single-page admin",
  },
  {
    key: /^(?:info\.\w+|paths|components)$/,
    only: ['schema'],
    when: ({ stock }) => isText(stock) || isRecord(stock),
    note: 'each upstream describes itself',
  },
];

import { isRecord, type Pair } from './observation.ts';
import { type Rule, valueKey } from './rule.ts';

const runTime = 3_600_000;
const clockDrift = 600_000;

const instant = (value: unknown): number => {
  const text = String(value);
  return Date.parse(/[Z+]/.test(text.slice(10)) ? text : `${text}Z`);
};

/** The same time with fewer digits and no zone; or now, which moves between two calls. */
const isRounded = ({ rest, stock }: Pair): boolean => {
  if (typeof rest !== 'string' || typeof stock !== 'string' || stock.length < 5) return false;
  if (/^(?:\d{4}-\d\d-\d\dT)?\d\d:\d\d/.test(stock) && rest.startsWith(stock)) return true;
  const [theirs, ours] = [instant(rest), instant(stock)];
  return Date.now() - theirs < runTime && Math.abs(theirs - ours) < clockDrift;
};

const isText = (value: unknown): value is string => typeof value === 'string';

const isEmpty = (value: unknown): boolean => value === null || value === '';

/** What the shop shows for nothing: Django's default and `empty_value_display` of its columns. */
const emptySigns = new Set(['-', '(empty)', '(none)', 'no cost']);

const isTextOf = ({ rest, stock }: Pair): boolean =>
  isText(stock) && !isText(rest) && !isRecord(rest) && String(rest) === stock;

/** Right, but less exact: these make a key partial. */
export const coarser: readonly Rule[] = [
  {
    key: /(?:fields\.\*|\.value|\.initial|action_time)$/,
    when: isRounded,
    note: 'times to the second on forms and to the minute in lists, in the zone of the server',
  },
  {
    key: valueKey,
    when: ({ rest, stock }) => isEmpty(rest) && isEmpty(stock),
    note: 'HTML has no difference between null and ""',
  },
  {
    key: /choices\[\]\.value$|(?:value|initial)$|rows\[\]\.fields\.\*$/,
    when: isTextOf,
    note: 'choices of numbers are text',
  },
  {
    key: valueKey,
    when: ({ type, stock }) => type === 'json' && isText(stock),
    note: 'JSON that is a string is shown as its JSON text',
  },
  {
    key: /^results\[\]\.fields\.\*/,
    when: ({ rest, stock }) => isText(rest) && rest.trim().replace(/\s+/g, ' ') === stock,
    note: 'outer whitespace is not shown in lists',
  },
  {
    key: /^results\[\]\.fields\.\*$/,
    when: ({ rest, stock }) =>
      isText(stock) && ((isEmpty(rest) && emptySigns.has(stock)) || String(rest) === stock),
    note: 'text as shown where the type of the column is not known, or nothing proves that a sign like "-" means empty',
  },
  {
    key: /^results\[\]\.fields\.\*$/,
    when: ({ rest, stock }) => isRecord(rest) && rest['label'] === stock,
    note: 'keys to other objects are their label where the user may not open the form that tells',
  },
  {
    key: valueKey,
    when: ({ stockType, stock }) => stockType === 'unsupported' && isText(stock),
    note: 'read-only values are the text that the page shows',
  },
  {
    key: /fields\.\*\.(?:value|initial)\[\]\.label$/,
    when: ({ stock }) => isText(stock),
    note: 'raw-id fields of many objects show keys only, which stand in for the labels',
  },
  {
    key: /(?:^|[.\]])type$/,
    when: ({ rest, stock }) =>
      stock === 'unsupported' ||
      (stock === 'string' && ['slug', 'duration', 'ip', 'json', 'uuid'].includes(String(rest))) ||
      (stock === 'choice' && rest === 'filepath'),
    note: 'slug, duration and ip are string, filepath is choice, and read-only text is unsupported',
  },
  {
    key: /inlines\[\]\.fields\[\]\.required$/,
    when: ({ rest, stock }) => rest === true && stock === false,
    note: 'what cannot be changed is not required',
  },
  {
    key: /attrs\.\*$/,
    when: ({ rest, stock }) => String(rest) === stock,
    note: 'attributes are text',
  },
  {
    key: /^view_on_site_url$/,
    when: ({ stock }) => isText(stock) && /\/r\/\d+\//.test(stock),
    note: "the admin's own redirect to that page",
  },
  {
    key: /^user\.display_name$/,
    when: ({ rest, stock }) => isText(stock) && String(rest).startsWith(stock),
    note: 'the short name, by which the page greets',
  },
  {
    key: /^data$/,
    only: ['panel'],
    when: ({ stock }) => isRecord(stock),
    note: 'the page of that name: title, text, tables, lists, forms, links; a panel that is no page is not reached',
  },
  {
    key: /^error\.fields\.\*$/,
    only: ['form_submit', 'bulk_update'],
    when: ({ rest, stock }) => Array.isArray(rest) && Array.isArray(stock),
    note: 'values of the wrong shape are refused before anything is sent, in words of our own',
  },
];

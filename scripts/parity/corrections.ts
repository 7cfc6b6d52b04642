import { isHiddenName } from '../../src/rest/controls.ts';
import { isRecord, type Pair } from './observation.ts';
import type { Rule } from './rule.ts';

const hasExtra = ({ list }: Pair): boolean => (list?.extra ?? 0) > 0;

const isDenied = ({ rest, stock }: Pair): boolean => rest === true && stock === false;

/** The REST API writes a group of choices as the text of a Python list. */
const hasGarbledGroup = ({ rest }: Pair): boolean => JSON.stringify(rest).includes('"[(');

const isAbout =
  (...models: readonly string[]) =>
  ({ call }: Pair): boolean =>
    models.some((name) => call.includes(`"model_name":"${name}"`));

/** The same names in the same lines, but for those that look like secrets. */
const isLongerBySecrets = ({ rest, stock }: Pair): boolean => {
  if (!Array.isArray(stock)) return false;
  const lines = stock.map((line: unknown) =>
    Array.isArray(line) ? line.filter((name) => !isHiddenName(String(name))) : line,
  );
  const shown = lines.filter((line) =>
    Array.isArray(line) ? line.length > 0 : !isHiddenName(String(line)),
  );
  return JSON.stringify(shown) === JSON.stringify(rest);
};

/** One year there, and the months or days of that year here. */
const isDeeperLevel = ({ rest, stock }: Pair): boolean => {
  if (!Array.isArray(rest) || !Array.isArray(stock) || rest.length !== 1) return false;
  const [only] = rest as readonly unknown[];
  const year = String(isRecord(only) ? only['value'] : '');
  const values = stock.map((bucket: unknown) => (isRecord(bucket) ? Number(bucket['value']) : 0));
  return (
    stock.length > 0 &&
    values.every((value, at) => value > (values[at - 1] ?? 0) && value <= 31) &&
    stock.every((bucket) => [year, undefined].includes(/\d{4}/.exec(bucket['label'])?.[0]))
  );
};

/** `order_set` stands for every inline of an order; the formset's prefix is a name as well. */
const isPrefix = ({ rest, stock }: Pair): boolean =>
  /^\w+_set$/.test(String(rest)) && /^\w[\w-]*$/.test(String(stock));

/**
 * Where the REST API (django-admin-rest-api 1.8.1) is wrong or blind and `stock` is right: by
 * the page of the HTML admin, the shop's own code or the database. They count as full.
 */
export const corrections: readonly Rule[] = [
  {
    key: /^\(status\)$/,
    when: ({ rest, stock }) => rest === 404 && stock === 200,
    note: 'a model kept off the index has pages all the same; the REST API says 404',
  },
  {
    key: /^\(status\)$/,
    only: ['list'],
    when: ({ rest, stock }) => rest === 422 && stock === 200,
    note: 'below Django 5.0 the REST API does not apply filters that a project wrote, so rest refuses',
  },
  {
    key: /^\(status\)$/,
    only: ['bulk_update', 'update'],
    when: ({ rest, stock }) => rest === 'unsupported' && stock === 200,
    note: 'the REST API would empty date-and-time fields that the change does not mention, so rest refuses',
  },
  {
    key: /choices$/,
    when: hasGarbledGroup,
    note: 'grouped choices one by one; the REST API makes one garbled choice of each group',
  },
  {
    key: /^filters\[\]\.choices$/,
    when: (pair) => hasExtra(pair) && isAbout('product', 'category', 'employee', 'order')(pair),
    note: 'as the admin offers them, in its order: with "empty", and only objects that are used where the filter is for those',
  },
  {
    key: /^filters$/,
    when: hasExtra,
    note: 'the REST API leaves out filters over many objects, empty values and all values',
  },
  {
    key: /^filters\[\]\.(?:type|label)$/,
    when: ({ rest, stock }) => rest === 'date' && stock === 'empty',
    note: 'a filter for empty values is no date filter',
  },
  {
    key: /^fieldsets\[\]\.(?:fields|field_rows)$/,
    when: isLongerBySecrets,
    note: 'with the fields whose names look like secrets, as the admin has them; the REST API leaves them out, and the gateway masks their values',
  },
  {
    key: /^columns\[\]\.sortable$/,
    when: isDenied,
    note: 'a computed column that the admin cannot sort by',
  },
  {
    key: /type$/,
    when: ({ rest, stock }) => stock === 'choice' && (rest === 'string' || rest === 'integer'),
    note: 'a field with choices is a choice everywhere',
  },
  {
    key: /actions\[\]\.target$/,
    when: ({ stock }) => stock === 'batch',
    note: 'every action of the HTML admin takes a batch',
  },
  {
    key: /^object_actions\[\]\.target$/,
    when: ({ stock }) => stock === 'detail',
    note: "actions of the object's own page (Django 6.1) take exactly this object",
  },
  {
    key: /^full_count$/,
    when: ({ rest }) => rest === null,
    note: 'without search and filters it is the total',
  },
  {
    key: /^results$/,
    only: ['list', 'autocomplete'],
    when: ({ operation, list, call }) =>
      list?.missing === list?.extra &&
      (operation === 'autocomplete' || /"ordering"|"model_name":"category"/.test(call)),
    note: "the admin's own order, with its tie-break; autocomplete in the order of the model",
  },
  {
    key: /^date_hierarchy\.buckets$/,
    when: isDeeperLevel,
    note: 'the level that the admin shows: it goes down while there is one choice only; `label` tells which',
  },
  {
    key: /^permissions\.(?:change|delete)$/,
    only: ['retrieve'],
    when: isDenied,
    note: 'permissions for this object; the REST API answers for the model',
  },
  {
    key: /readonly$/,
    when: ({ rest, stock }) => rest === false && stock === true,
    note: 'what this user may not change is read-only',
  },
  {
    key: /help_text$/,
    when: ({ rest, stock }) => String(stock).startsWith(String(rest)),
    note: "with Django's hint for selecting several, as the admin shows it",
  },
  {
    key: /fields\.\*\.(?:value|initial)$/,
    only: ['add_form', 'form_spec'],
    when: ({ type, rest, stock }) => type === 'date' && rest === null && stock === '2000-01-01',
    note: 'selects without an empty choice stand on their first one, and so it would be saved',
  },
  {
    key: /fields\.\*\.(?:value|initial)\.id$/,
    when: ({ rest, stock }) => typeof rest === 'number' && typeof stock === 'string',
    note: 'of a key to another field than the primary key (`to_field`): the value that the form takes',
  },
  { key: /^inlines$/, when: hasExtra, note: 'generic inlines are there too' },
  {
    key: /^inlines\[\]\.name$/,
    when: isPrefix,
    note: "the formset's prefix, which is unique; the REST API names all inlines of one parent alike",
  },
  {
    key: /^inlines\[\]\.min_num$/,
    when: ({ rest, stock }) => rest === null && stock === 0,
    note: "0 is the admin's word for no minimum",
  },
  {
    key: /^inlines\[\]\.extra$/,
    when: ({ stock }) => stock === 0,
    note: 'no blank rows for who may not add',
  },
  {
    key: /^custom_views$/,
    when: (pair) => isAbout('user')(pair) && !hasExtra(pair),
    note: 'the page for the password stands in `password_change`',
  },
  {
    key: /^custom_views\[\]\.name$/,
    when: ({ rest, stock }) => String(rest).endsWith(`_${stock}`),
    note: 'the name that `panel` takes; a URL name on rest',
  },
  {
    key: /^renderer$/,
    when: ({ stock }) => stock === 'form-spec',
    note: 'a custom template with a usable form in it is a form',
  },
  {
    key: /^executed$|^note$/,
    only: ['action'],
    when: ({ rest, key }) => rest === null || key === 'note',
    note: 'pages, files and redirects are seen, so what happened is known',
  },
  {
    key: /^actions\[\]\.target$/,
    only: ['recent_actions'],
    when: ({ rest }) => rest === null,
    note: 'keys with a slash are keys',
  },
];

import { isRecord, type Pair } from './observation.ts';
import type { Rule } from './rule.ts';

const hasExtra = ({ list }: Pair): boolean => (list?.extra ?? 0) > 0;

const isSubset = ({ rest, stock }: Pair): boolean =>
  isRecord(rest) || isRecord(stock) ? false : rest === true && stock === false;

/**
 * Where the REST API (django-admin-rest-api 1.8.1) is wrong or blind and `stock` is right by
 * the HTML admin. Each was looked at there or in the database. They count as full.
 */
export const corrections: readonly Rule[] = [
  {
    key: /^\(status\)$/,
    when: ({ rest, stock }) => rest === 404 && stock === 200,
    note: 'a model kept off the index has pages all the same; the REST API says 404',
  },
  {
    key: /^\(status\)$/,
    only: ['bulk_update', 'update'],
    when: ({ rest, stock }) => rest === 'unsupported' && stock === 200,
    note: 'the REST API would empty date-and-time fields that the change does not mention, so rest refuses',
  },
  {
    key: /choices$/,
    when: hasExtra,
    note: 'grouped choices one by one; the REST API makes one garbled choice of each group. A filter of related objects offers those only',
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
    key: /^columns(?:\[\]\.name)?$|^results\[\]\.fields\.\*$/,
    only: ['list'],
    when: ({ list, stock }) =>
      list === undefined ? stock === undefined : list.extra === 0 && list.isOrdered,
    note: 'columns with secret-looking names are hidden, as everywhere; the REST API shows them',
  },
  {
    key: /^columns\[\]\.sortable$/,
    when: isSubset,
    note: 'the admin cannot sort by it, and the REST API does not either',
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
    key: /^full_count$/,
    when: ({ rest }) => rest === null,
    note: 'without search and filters it is the total',
  },
  {
    key: /^results$/,
    only: ['list', 'autocomplete'],
    when: ({ list }) => list !== undefined && list.missing === list.extra,
    note: "the admin's own order, with its tie-break; autocomplete in the order of the model",
  },
  {
    key: /^date_hierarchy\.buckets$/,
    note: 'the level that the admin shows: it goes down while there is one choice only; `label` tells which',
  },
  {
    key: /(?:readonly|permissions\.\w+)$/,
    when: ({ rest, stock }) => typeof rest === 'boolean' && typeof stock === 'boolean',
    note: 'permissions for this object and this user; the REST API answers for the model or for nobody',
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
    note: 'named as `panel` takes them; the password page stands in `password_change`',
  },
  { key: /^custom_views\[\]\.name$/, note: 'the name that `panel` takes; a URL name on rest' },
  {
    key: /^renderer$/,
    when: ({ stock }) => stock === 'form-spec',
    note: 'a custom template with a usable form in it is a form',
  },
  {
    key: /^(?:legacy_url|spa_url|machine_driveable|reason)$/,
    only: ['form_spec'],
    note: 'belong to custom templates, see `renderer`',
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

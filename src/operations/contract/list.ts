import * as z from 'zod';
import { actionEntry, choice, keyValue, modelTarget, permissions } from './shared.ts';

/** What was really done, in the words of the call. */
const applied = z.looseObject({
  search: z.string().nullable(),
  ordering: z.string().nullable(),
  filters: z.record(z.string(), z.unknown()),
  page: z.number(),
  page_size: z.number().nullable(),
  notes: z.array(z.string()).optional(),
});

const column = z.looseObject({
  name: z.string(),
  label: z.string(),
  sortable: z.boolean().nullish(),
  /** In `list_editable`, so bulk_update can set it. */
  editable: z.boolean().nullish(),
  /** Absent for computed columns. */
  type: z.string().nullish(),
});

const filter = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string().nullish(),
  choices: z.array(choice).optional(),
  /** Of a filter that the project wrote. */
  lookups: z.array(choice).optional(),
  selected: z.unknown().optional(),
  to: modelTarget.optional(),
});

const row = z.looseObject({
  /** Null where the changelist shows no key (no links, no check boxes). */
  pk: keyValue,
  label: z.string().nullish(),
  /** Of what the row shows, for `versions` of bulk_update and action; null where it shows no key. */
  version: z.string().nullish(),
  /** Cells by column. Choices show their label, keys `{id, label}`, markup its text. */
  fields: z.record(z.string(), z.unknown()),
});

const dateHierarchy = z.looseObject({
  field: z.string().nullish(),
  granularity_options: z.array(z.string()).optional(),
  active: z.looseObject({
    year: z.number().nullish(),
    month: z.number().nullish(),
    day: z.number().nullish(),
  }),
  buckets: z.array(z.looseObject({ value: z.number(), count: z.number().nullish() })),
});

export const listBody = z.looseObject({
  app_label: z.string(),
  model_name: z.string(),
  object_name: z.string().nullish(),
  verbose_name: z.string().nullish(),
  verbose_name_plural: z.string().nullish(),
  pk_field: z.string().nullish(),
  permissions: permissions.nullish(),
  columns: z.array(column),
  list_display_links: z.array(z.string()).nullish(),
  /** Empty: there is no search. Null: there is one, in fields that are not told. */
  search_fields: z.array(z.string()).nullish(),
  search_help_text: z.string().nullish(),
  filters: z.array(filter),
  actions: z.array(actionEntry),
  page: z.number(),
  /** What the admin allowed; less than asked for where it has a smaller limit. */
  page_size: z.number().nullish(),
  num_pages: z.number().nullish(),
  /** Rows that match. */
  total: z.number().nullish(),
  /** Rows without search and filters; null where the admin does not count them. */
  full_count: z.number().nullish(),
  list_max_show_all: z.number().nullish(),
  empty_value_display: z.string().nullish(),
  results: z.array(row),
  date_hierarchy: dateHierarchy.nullish(),
  applied,
});

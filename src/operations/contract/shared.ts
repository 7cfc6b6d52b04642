import * as z from 'zod';

/**
 * A primary key as Django holds it: a number for integer keys, text for any other. Integers
 * beyond 2^53 are text too, since a JSON number would be rounded. Both are taken back.
 */
export const keyValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What a user may do with a model, by `ModelAdmin.has_*_permission`; null where not told. */
export const permissions = z.looseObject({
  view: z.boolean().nullable(),
  add: z.boolean().nullable(),
  change: z.boolean().nullable(),
  delete: z.boolean().nullable(),
});

/** An object by key and `str()`. */
export const labelled = z.looseObject({ pk: keyValue, label: z.string() });

/** A related model. */
export const modelTarget = z.looseObject({ app_label: z.string(), model_name: z.string() });

/**
 * One choice of a select. Where the choices have groups, django-admin-rest-api makes one
 * garbled choice of each group: its value is the group's name.
 */
export const choice = z.looseObject({ value: z.unknown(), label: z.string() });

/** An action of a changelist, or of an object's page. */
export const actionEntry = z.looseObject({
  name: z.string(),
  label: z.string(),
  description: z.string().optional(),
  /** A guess of django-admin-rest-api: whether "delete" is in its name or label. */
  requires_confirmation: z.boolean().nullish(),
  /** `batch` takes any number of keys, `detail` exactly one. */
  target: z.enum(['batch', 'detail']).nullish(),
});

/** A message that Django would show on the next page. */
export const message = z.looseObject({ level: z.string(), message: z.string() });

/** A page of the project's own, beside the stock ones (`ModelAdmin.get_urls`). */
export const customView = z.looseObject({
  name: z.string().nullish(),
  label: z.string(),
  url: z.string(),
  level: z.enum(['object', 'changelist']).nullish(),
});

/** How many objects of a model, by its plural name, a delete takes with it. */
export const cascade = z.array(z.looseObject({ model: z.string(), count: z.number() }));

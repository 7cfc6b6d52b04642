import * as z from 'zod';
import type { JsonValue } from './json.ts';

/** Longest primary key taken, in characters (the seed's bound). */
export const maxKeyLength = 256;
/** Most keys in one call (the seed's bound; Django refuses forms of more than 1000 controls). */
export const maxKeys = 1000;
/** Largest page of a list (the seed's bound). */
export const maxPageSize = 200;

/**
 * A key as agents send it. Django's keys are text on the wire; a bare integer is taken as
 * well, because models read `"id": 7` and send 7 back.
 */
export const key = z
  .union([
    z
      .string()
      .min(1)
      .max(maxKeyLength)
      .refine((text) => !text.includes('\0'), 'must not hold a NUL character'),
    z.int().transform(String),
  ])
  .meta({ jsonSchema: { type: ['string', 'integer'], minLength: 1, maxLength: maxKeyLength } });

export const appLabel = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be an app label, such as "auth"')
  .max(100)
  .describe('App label, e.g. "auth".');

export const modelName = z
  .string()
  .regex(/^[a-z_][a-z0-9_]*$/, 'must be a model name in lower case, such as "user"')
  .max(100)
  .describe('Model name in lower case, e.g. "user".');

export const pk = key.describe('Primary key.');

export const pks = z.array(key).min(1).max(maxKeys).describe('Primary keys.');

export const page = z.int().min(1).describe('From 1.');
export const pageSize = z.int().min(1).max(maxPageSize);

/** Arguments come out of a JSON parser: whatever is in them is a JSON value already. */
const jsonValue = z.unknown().transform((value) => value as JsonValue);

/** Field name to value, as the form spec names them. */
export const data = z.record(z.string().min(1), jsonValue);

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A filter's value: one, or several for the lookups that take several. */
export const filterValue = z
  .union([scalar, z.array(scalar).min(1)])
  .meta({ jsonSchema: { type: ['string', 'number', 'boolean', 'array'] } });

export type FilterValue = z.output<typeof filterValue>;

export const search = z.string().max(1000).optional().describe("Text for the admin's search box.");

export const filters = z
  .record(z.string().min(1), filterValue)
  .optional()
  .describe('Filter name to value, e.g. {"status": "paid"}.');

export const query = z
  .record(z.string().min(1), scalar.meta({ jsonSchema: {} }))
  .describe('Query string of the form page, e.g. {"variant": "short"}.');

const views = ['compact', 'full'] as const;

/** How much an answer tells: what an agent needs, or all that the REST contract has. */
export type View = (typeof views)[number];

export const view = z.enum(views).optional().describe('"full": nothing left out.');

/** Most names in `fields`. */
const maxFields = 200;

export const fields = z.array(z.string().min(1).max(200)).max(maxFields).optional();

/** Longest `version` and longest token taken, in characters. */
const maxVersionLength = 400;
const maxTokenLength = 2000;

export const version = z
  .string()
  .min(1)
  .max(maxVersionLength)
  .optional()
  .describe('The version you read: 409 if the object has changed since.');

export const versions = z
  .record(z.string().min(1).max(maxKeyLength), z.string().min(1).max(maxVersionLength))
  .optional()
  .describe('Key to the version you read: 409 if one has changed since.');

export const dryRun = z.boolean().optional().describe('Only tell what would change.');

export const confirmToken = z
  .string()
  .min(1)
  .max(maxTokenLength)
  .optional()
  .describe('From the answer that asked for it, once the user agreed.');

export const modelRef = { app_label: appLabel, model_name: modelName };
export const objectRef = { ...modelRef, pk };

/** The pk of a form call: omitted or null mean the add page; "add" is a key like any other. */
export const formKey = z
  .union([key, z.null()])
  .optional()
  .meta({ jsonSchema: { type: ['string', 'integer', 'null'], maxLength: maxKeyLength } })
  .describe('Omit for the add form.');

import type { Formats } from '../formats/formats.ts';
import type { AutocompleteSource } from '../pages/types/field.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { type Cache, createCache } from './cache.ts';
import type { ListShape } from './list-shape.ts';
import type { ModelShape } from './model-shape.ts';

const minute = 60_000;
/** Shapes of models are per user: permissions decide which fields and filters there are. */
const shapeLimits = { maxEntries: 500, maxAgeMs: 5 * minute };
/** Formats belong to a site and a language, and change with a deployment only. */
const formatLimits = { maxEntries: 50, maxAgeMs: 60 * minute };

/**
 * What is remembered between calls: shapes of models and formats of languages, never a value
 * of an object. Everything a user may be the only one to see is under the fingerprint of the
 * session that saw it.
 */
export interface Memory {
  readonly formats: Cache<Formats | null>;
  readonly models: Cache<ModelShape>;
  readonly lists: Cache<ListShape>;
  /** A field by which the admin's own look-up can be asked about a model. */
  readonly sources: Cache<AutocompleteSource>;
  /** Columns of a model by whether a row that this user may see holds NULL there. */
  readonly nulls: Cache<ReadonlyMap<string, boolean>>;
}

export const createMemory = (): Memory => ({
  formats: createCache(formatLimits),
  models: createCache(shapeLimits),
  lists: createCache(shapeLimits),
  sources: createCache(shapeLimits),
  nulls: createCache(shapeLimits),
});

export const shapeKey = (
  site: string,
  fingerprint: string,
  { appLabel, modelName }: ModelRef,
): string => `${site} ${fingerprint} ${appLabel}.${modelName}`;

import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { type ModelRef, modelIn, serves } from './models.ts';
import { likelyModels } from './names.ts';
import type { Rules } from './rules.ts';

/** What a preview of a delete says of the kinds of objects in it: their names, or their models. */
export interface Reached {
  readonly models: readonly ModelRef[];
  readonly names: readonly string[];
}

const itemsIn = (body: JsonObject, key: string): readonly JsonValue[] => {
  const value = body[key];
  return Array.isArray(value) ? value : [];
};

const nodesIn = (nodes: readonly JsonValue[]): JsonObject[] =>
  nodes.filter(isJsonObject).flatMap((node) => [node, ...nodesIn(itemsIn(node, 'children'))]);

/** "Invoice: INV-0001" is an invoice; a page that words it otherwise names no kind that is known. */
const kindOfText = (text: JsonValue): string => String(text).split(':')[0] ?? '';

const nameIn = (item: JsonValue): readonly string[] =>
  isJsonObject(item) && typeof item['model'] === 'string' ? [item['model']] : [];

/** Everything that a preview mentions: the cascade, what protects the object, missing permissions. */
export const reachedBy = (preview: JsonObject): Reached => {
  const nodes = nodesIn(itemsIn(preview, 'tree'));
  return {
    models: nodes.flatMap((node) => modelIn(node['target']) ?? []),
    names: [
      ...new Set([
        ...itemsIn(preview, 'cascade').flatMap(nameIn),
        ...nodes.filter((node) => modelIn(node['target']) === undefined).flatMap(nameIn),
        ...itemsIn(preview, 'protected').map(kindOfText),
        ...itemsIn(preview, 'perms_needed').map(kindOfText),
      ]),
    ],
  };
};

/** Names under which models are known, and whether all models of a name are served. */
export type Kinds = ReadonlyMap<string, boolean>;

/** The kinds that the index of the admin names. */
export const kindsOf = (rules: Rules, registry: JsonObject): Kinds => {
  const kinds = new Map<string, boolean>();
  for (const app of itemsIn(registry, 'apps').filter(isJsonObject))
    for (const entry of itemsIn(app, 'models').filter(isJsonObject)) {
      const model_name = String(entry['model_name']);
      const app_label = String(entry['real_app_label'] ?? entry['app_label']);
      const isServed = serves(rules, { app_label, model_name });
      const said = [entry['verbose_name'], entry['verbose_name_plural']].filter(
        (name) => typeof name === 'string',
      );
      for (const name of new Set([model_name, ...said].flatMap(likelyModels)))
        kinds.set(name, isServed && (kinds.get(name) ?? true));
    }
  return kinds;
};

/** "order-tag relationships", in any language: the rows of a many-to-many field of orders. */
const ownerOfLinks = (name: string): string | undefined => /^(\w+)-\w+\s/.exec(name)?.[1];

/** Whether a kind is served; `undefined` where its name is not known. */
export const servesKind = (kinds: Kinds, name: string): boolean | undefined => {
  const owner = ownerOfLinks(name.toLowerCase());
  const known = (owner === undefined ? likelyModels(name) : [owner]).flatMap(
    (each) => kinds.get(each) ?? [],
  );
  return known.length === 0 ? undefined : known.every(Boolean);
};

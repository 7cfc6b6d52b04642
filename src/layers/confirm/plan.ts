import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import type { Context } from '../../operations/upstream.ts';
import { quoted } from './words.ts';

/** A plan tells nobody how far it is: progress must not go back when the call itself runs. */
export const quietly = ({ progress: _, ...context }: Context): Context => context;

const objectsIn = ({ objects }: JsonObject): readonly JsonObject[] =>
  Array.isArray(objects) ? objects.filter(isJsonObject) : [];

/** The labels of the objects that a plan names, in quotes. */
export const labelsIn = (plan: JsonObject): readonly string[] =>
  objectsIn(plan).map(({ label, pk }) => quoted(label ?? pk));

/** Whether one of the objects is known not to be saved. */
export const hasErrors = (plan: JsonObject): boolean =>
  objectsIn(plan).some(({ error }) => isJsonObject(error));

/** The versions of those objects by key as it was given, as far as the plan has them. */
export const versionsIn = (
  plan: JsonObject,
  pks: readonly string[],
): Readonly<Record<string, string>> => {
  const given = new Set(pks);
  return Object.fromEntries(
    objectsIn(plan).flatMap(({ pk, version }) =>
      typeof version === 'string' && given.has(String(pk)) ? [[String(pk), version] as const] : [],
    ),
  );
};

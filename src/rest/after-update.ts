import type { JsonObject, JsonValue } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { fateOf } from './compare-value.ts';
import { fieldsOf } from './fields.ts';
import { inlineFailures } from './inline-outcome.ts';
import { differences, shownNow } from './object-version.ts';
import type { PreparedUpdate, UpdateInput } from './prepare-update.ts';
import { readSaved } from './read-saved.ts';

interface Fates {
  /** Fields and inlines for which Django kept what was there. */
  readonly kept: JsonObject;
  /** Fields that the project saved with another value. */
  readonly adjusted: JsonObject;
}

/** Compares what was sent with what Django shows afterwards, so that no success is made up. */
const fatesOf = ({ seen, given, inlines }: PreparedUpdate, body: JsonObject): Fates => {
  const [before, after] = [fieldsOf(seen), fieldsOf(body)];
  const kept: Record<string, JsonValue> = { ...inlineFailures(inlines, seen, body) };
  const adjusted: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === undefined || now === undefined) continue;
    const fate = fateOf(value, old, now);
    if (fate === 'kept') kept[name] = ['Django kept the value that was there.'];
    if (fate === 'adjusted') adjusted[name] = now.value;
  }
  return { kept, adjusted };
};

/** What changed although nobody asked for it: what the project's own code did on saving. */
const alsoChanged = ({ seen }: PreparedUpdate, asked: JsonObject, body: JsonObject): JsonObject => {
  const { inlines, ...own } = asked;
  const names = new Set([...Object.keys(own), ...Object.keys(Object(inlines))]);
  const others = differences(seen, body).filter((name) => !names.has(name));
  return Object.fromEntries(others.map((name) => [name, shownNow(body, name)['now'] ?? null]));
};

const filledIn = (name: string, found: JsonObject): JsonObject =>
  Object.keys(found).length === 0 ? {} : { [name]: found };

/** The answer after a PATCH that succeeded: the object as it is now, and what else changed. */
export const answerAfter = async (
  patched: Answer,
  prepared: PreparedUpdate,
  input: UpdateInput,
  context: Context,
): Promise<Answer> => {
  const after = await readSaved(input, context);
  const { body, version } = after ?? { body: patched.body, version: null };
  const { kept, adjusted } = fatesOf(prepared, body);
  if (Object.keys(kept).length > 0)
    return refusal(
      409,
      'not_stored',
      'Django reported success but did not store these values; the others were saved.',
      { fields: kept },
    );
  return {
    status: 200,
    body: {
      ...body,
      version,
      ...filledIn('adjusted', adjusted),
      ...filledIn('also_changed', alsoChanged(prepared, input.data, body)),
    },
  };
};

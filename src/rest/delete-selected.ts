import type { Input } from '../operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { listIn, objectsIn } from './body.ts';
import { callRest } from './call.ts';
import { deletePreview } from './delete-preview.ts';
import { blockedBy } from './destroy.ts';
import { mapLimited } from './map-limited.ts';
import { missingKeys } from './missing-keys.ts';

const countsOf = (previews: readonly JsonObject[]): readonly JsonObject[] => {
  const counts = new Map<string, number>();
  for (const entry of previews.flatMap((preview) => objectsIn(preview, 'cascade'))) {
    const model = String(entry['model']);
    counts.set(model, (counts.get(model) ?? 0) + Number(entry['count']));
  }
  return [...counts].map(([model, count]) => ({ model, count }));
};

const unique = (previews: readonly JsonObject[], key: string): JsonValue[] => [
  ...new Set(previews.flatMap((preview) => listIn(preview, key))),
];

/** The previews of all objects as one; an object that two of them take with them counts twice. */
const together = (previews: readonly JsonObject[]): JsonObject => ({
  objects: previews.map((preview) => preview['object'] ?? null),
  cascade: [...countsOf(previews)],
  protected: unique(previews, 'protected'),
  perms_needed: unique(previews, 'perms_needed'),
  can_delete: previews.every((preview) => preview['can_delete'] === true),
});

/**
 * Django's own "delete selected" in its two steps. The package reports it as executed when
 * it was not confirmed, and when Django showed its page again because something is protected.
 */
export const deleteSelected = async (input: Input<'action'>, context: Context): Promise<Answer> => {
  const { app_label, model_name, action_name: action, pks } = input;
  const answers = await mapLimited(pks, (pk) =>
    deletePreview({ app_label, model_name, pk }, context),
  );
  const refused = answers.find(({ status }) => status !== 200);
  if (refused !== undefined) return refused;
  const confirmation = together(answers.map(({ body }) => body));
  const blocked = blockedBy(confirmation);
  if (blocked !== undefined) return blocked;
  if (input.confirmed !== true)
    return {
      status: 200,
      body: {
        executed: false,
        confirmation_required: true,
        action,
        pks,
        messages: [],
        confirmation,
      },
    };
  const answer = await callRest('action', input, context);
  if (answer.status !== 200) return answer;
  // The write is done: a session that ends now must not have the whole call repeated.
  const gone = await missingKeys(input, context).catch(() => undefined);
  if (gone === undefined)
    return {
      status: 200,
      body: {
        ...answer.body,
        executed: null,
        pks,
        note: 'Whether the objects are gone could not be checked.',
      },
    };
  const left = pks.filter((pk) => !gone.includes(pk));
  if (left.length > 0)
    return refusal(409, 'not_executed', 'These objects are still there after the action.', {
      pks: left,
    });
  return { status: 200, body: { ...answer.body, pks, confirmation } };
};

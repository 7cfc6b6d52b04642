import { blockedBy } from '../operations/blocked.ts';
import type { Input } from '../operations/catalogue.ts';
import type { JsonObject, JsonValue } from '../operations/json.ts';
import { mapLimited } from '../operations/map-limited.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { listIn, objectsIn } from './body.ts';
import { deletePreview } from './delete-preview.ts';
import { errorsOf } from './destroy.ts';
import { findObjects, missingIn } from './find-objects.ts';

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

type ActionInput = Input<'action'>;

type Previewed = { readonly preview: JsonObject } | { readonly refused: Answer };

const previewAll = async (
  { app_label, model_name, pks }: ActionInput,
  context: Context,
): Promise<Previewed> => {
  const answers = await mapLimited([...new Set(pks)], (pk) =>
    deletePreview({ app_label, model_name, pk }, context),
  );
  const refused = answers.find(({ status }) => status !== 200);
  return refused === undefined
    ? { preview: together(answers.map(({ body }) => body)) }
    : { refused };
};

interface Deletion {
  readonly plan?: JsonObject;
  readonly refused?: Answer;
}

/** What would go with the objects, or what is in the way. */
export const planDeletion = async (input: ActionInput, context: Context): Promise<Deletion> => {
  const previewed = await previewAll(input, context);
  if ('refused' in previewed) return previewed;
  // The objects themselves stand in the plan already, each with its version.
  const { objects: _, ...plan } = previewed.preview;
  return { plan: { ...plan, errors: errorsOf(plan) } };
};

/** Which of the objects are still there; `undefined` where that cannot be told. */
const leftOf = async (
  input: ActionInput,
  context: Context,
): Promise<readonly string[] | undefined> => {
  const { app_label, model_name, pks } = input;
  try {
    const gone = missingIn(await findObjects({ model: { app_label, model_name }, pks }, context));
    return pks.filter((pk) => !gone.includes(pk));
  } catch {
    // The write is done: a session that ends now must not have the whole call repeated.
    return undefined;
  }
};

/**
 * Django's own "delete selected" in its two steps. The package reports it as executed when
 * it was not confirmed, and when Django showed its page again because something is protected.
 */
export const deleteSelected = async (
  input: ActionInput,
  run: (input: ActionInput, context: Context) => Promise<Answer>,
  context: Context,
): Promise<Answer> => {
  const { action_name: action, pks } = input;
  const previewed = await previewAll(input, context);
  if ('refused' in previewed) return previewed.refused;
  const confirmation = previewed.preview;
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
  const answer = await run(input, context);
  if (answer.status !== 200) return answer;
  const left = await leftOf(input, context);
  if (left === undefined)
    return {
      status: 200,
      body: {
        ...answer.body,
        executed: null,
        note: 'Whether the objects are gone could not be checked.',
      },
    };
  if (left.length > 0)
    return refusal(409, 'not_executed', 'These objects are still there after the action.', {
      pks: [...left],
    });
  return { status: 200, body: { ...answer.body, confirmation } };
};

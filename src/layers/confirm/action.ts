import { blockedBy } from '../../operations/blocked.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Look, Looked } from './matter.ts';
import { labelsIn, quietly, versionsIn } from './plan.ts';
import {
  cascadeWords,
  lines,
  listed,
  modelWords,
  quoted,
  quotedPage,
  valuesWords,
} from './words.ts';

const part = (body: JsonObject, key: string): JsonObject => {
  const value = body[key];
  return isJsonObject(value) ? value : {};
};

const asksFirst = ({ status, body }: Answer): boolean =>
  status === 200 && body['executed'] === false && body['confirmation_required'] === true;

/** What the page asks for and the call does not give; everything, or only what it insists on. */
const openInputs = (page: JsonObject, given: JsonObject, all: boolean): readonly string[] => {
  const { inputs } = page;
  return (Array.isArray(inputs) ? inputs : [])
    .filter(isJsonObject)
    .filter(({ required, readonly }) => readonly !== true && (all || required === true))
    .map(({ name }) => String(name))
    .filter((name) => !(name in given));
};

/** Files are handed over once, with the step that sends them. */
const withoutFiles = (inputs: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => !(isJsonObject(value) && 'file' in value)),
  );

const stillOpen = (first: Answer, open: readonly string[]): Looked => ({
  answer: {
    ...first,
    body: {
      ...first.body,
      note: `Nothing was done yet. Call again with confirmed true and, in inputs, what the page asks for: ${open.join(', ')}.`,
    },
  },
});

/**
 * Runs the first step, as a person does who picks the action: most actions are done with it.
 * Where the admin answers with a page of its own, that page is the question.
 */
export const lookAtAction: Look<'action'> = async (input, context, upstream) => {
  const { confirmed, inputs = {}, ...rest } = input;
  const given = withoutFiles(inputs);
  const first = await upstream.action({ ...rest, inputs: given }, context);
  if (!asksFirst(first)) return { answer: first };
  const deletion = part(first.body, 'confirmation');
  const blocked = blockedBy(deletion);
  if (blocked !== undefined) return { answer: confirmed === true ? blocked : first };
  const page = part(first.body, 'page');
  const open = openInputs(page, inputs, confirmed !== true);
  if (open.length > 0) return stillOpen(first, open);
  const plan = await upstream.action({ ...rest, inputs: given, dry_run: true }, quietly(context));
  if (plan.status !== 200) return { answer: plan };
  const matched = plan.body['matched'] ?? first.body['matched'];
  const count = typeof matched === 'number' ? matched : new Set(input.pks).size;
  const text = page['text'];
  return {
    matter: {
      question: lines(
        `Run the action ${quoted(input.action_name)} on ${count} objects of ${modelWords(input)}: ${listed(labelsIn(plan.body), count)}?`,
        typeof text === 'string' && text !== '' ? `The admin asks: ${quotedPage(text)}` : '',
        cascadeWords(deletion['cascade']),
        Object.keys(inputs).length > 0 ? `With ${valuesWords(inputs)}.` : '',
      ),
      preview: first.body,
      about: [page, deletion, plan.body] satisfies JsonValue[],
      page: first,
      run: () =>
        upstream.action(
          {
            ...input,
            confirmed: true,
            versions: { ...versionsIn(plan.body, input.pks), ...input.versions },
          },
          context,
        ),
    },
  };
};

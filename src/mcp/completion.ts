import type { CompleteRequestParams, CompleteResult } from '@modelcontextprotocol/server';
import { isJsonObject, type JsonObject, objectsOf } from '../operations/json.ts';
import { parseInput } from '../operations/parse-input.ts';
import type { Ask } from './ask.ts';
import { modelsOf } from './models.ts';

/** Most values in a completion (MCP, "Completion"). */
const maxValues = 100;
/** Keys that are looked for at once: what `autocomplete` gives at most. */
const maxKeysFound = 50;

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** What holds the text, and of that first what begins with it. */
const matching = (values: readonly string[], text: string): readonly string[] => {
  const wanted = text.toLowerCase();
  const found = unique(values).filter((value) => value.toLowerCase().includes(wanted));
  const begins = (value: string) => value.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((value) => !begins(value))];
};

const keysIn = (body: JsonObject, name: 'id' | 'pk'): readonly string[] =>
  objectsOf(body['results']).flatMap(({ [name]: key }) =>
    key === null || key === undefined ? [] : [String(key)],
  );

/** Django has no autocomplete for a model without `search_fields`; its list still has keys. */
const keysListed = async (ask: Ask, model: object, text: string): Promise<readonly string[]> => {
  const listed = { ...model, page_size: maxKeysFound };
  const { status, body } = await ask('list', parseInput('list', listed));
  if (status !== 200) return [];
  const rows = objectsOf(body['results']).filter((row) =>
    [row['pk'], row['label'], ...Object.values(isJsonObject(row['fields']) ? row['fields'] : {})]
      .map(String)
      .some((cell) => cell.toLowerCase().includes(text.toLowerCase())),
  );
  return keysIn({ results: [...rows] }, 'pk');
};

/** Keys of objects that the text names: by what the admin searches in, or else by their rows. */
const keysNamed = async (ask: Ask, model: object, text: string): Promise<readonly string[]> => {
  const wanted = parseInput('autocomplete', { ...model, q: text, page_size: maxKeysFound });
  const found = await ask('autocomplete', wanted).catch(() => undefined);
  return found?.status === 200 ? keysIn(found.body, 'id') : keysListed(ask, model, text);
};

type Given = Readonly<Record<string, string>>;

/** By argument of the resource template and of the prompts; no other can be completed. */
const finders: Readonly<
  Record<string, (ask: Ask, text: string, given: Given) => Promise<readonly string[]>>
> = {
  app_label: async (ask, text) =>
    matching(
      (await modelsOf(ask)).map(({ app }) => app),
      text,
    ),
  model_name: async (ask, text, { app_label }) =>
    matching(
      (await modelsOf(ask))
        .filter(({ app }) => app_label === undefined || app === app_label)
        .map(({ model }) => model),
      text,
    ),
  pk: async (ask, text, { app_label, model_name }) => {
    if (app_label === undefined || model_name === undefined) return [];
    return unique(await keysNamed(ask, { app_label, model_name }, text));
  },
  model: async (ask, text) =>
    matching(
      (await modelsOf(ask)).map(({ app, model }) => `${app}.${model}`),
      text,
    ),
};

/**
 * What an argument of a prompt, or a part of a resource's URI, may be. A help while typing:
 * whatever goes wrong, it offers nothing.
 */
export const complete = async (
  ask: Ask,
  { argument: { name, value }, context }: CompleteRequestParams,
): Promise<CompleteResult> => {
  const find = Object.hasOwn(finders, name) ? finders[name] : undefined;
  const values = (await find?.(ask, value, context?.arguments ?? {}).catch(() => [])) ?? [];
  return {
    completion: {
      values: values.slice(0, maxValues),
      total: values.length,
      hasMore: values.length > maxValues,
    },
  };
};

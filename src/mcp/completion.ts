import type { CompleteRequestParams, CompleteResult } from '@modelcontextprotocol/server';
import { isJsonObject, type JsonObject, objectsIn } from '../operations/json.ts';
import { parseInput } from '../operations/parse-input.ts';
import type { Ask } from './ask.ts';
import { modelsOf } from './models.ts';
import { valueText } from './value-text.ts';

/** Most values in a completion (MCP, "Completion"). */
const maxValues = 100;
/** Rows that keys are looked for in. */
const maxRows = 50;

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** What holds the text, and of that first what begins with it. */
const matching = (values: readonly string[], text: string): readonly string[] => {
  const wanted = text.toLowerCase();
  const found = unique(values).filter((value) => value.toLowerCase().includes(wanted));
  const begins = (value: string) => value.toLowerCase().startsWith(wanted);
  return [...found.filter(begins), ...found.filter((value) => !begins(value))];
};

const keysOf = (rows: readonly JsonObject[]): readonly string[] =>
  unique(rows.flatMap(({ pk }) => (pk === null || pk === undefined ? [] : [String(pk)])));

const holds = (text: string) => (row: JsonObject) =>
  [row['pk'], row['label'], ...Object.values(isJsonObject(row['fields']) ? row['fields'] : {})]
    .map(valueText)
    .some((cell) => cell.toLowerCase().includes(text.toLowerCase()));

/** Keys of the objects that the admin's search finds, or else of the first rows that hold the text. */
const keysNamed = async (ask: Ask, model: object, text: string): Promise<readonly string[]> => {
  const rowsFor = async (search: object) => {
    const input = parseInput('list', { ...model, ...search, page_size: maxRows });
    const { status, body } = await ask('list', input);
    return status === 200 ? objectsIn(body['results']) : [];
  };
  const found = text === '' ? [] : await rowsFor({ search: text }).catch(() => []);
  return keysOf(found.length > 0 ? found : (await rowsFor({})).filter(holds(text)));
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
    return keysNamed(ask, { app_label, model_name }, text);
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

import { type ParseError, parse } from 'jsonc-parser';
import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import type { ClientSpec } from './client.ts';
import type { Entry, Prompt } from './entry.ts';
import { setInJson } from './json-edit.ts';

const bom = '\uFEFF';

/**
 * The file's object, comments allowed. An empty file is an empty object.
 *
 * @throws GatewayError `config` for broken JSON or anything but an object
 */
export const parseJsonFile = (text: string): JsonObject => {
  const body = text.startsWith(bom) ? text.slice(1) : text;
  if (body.trim() === '') return {};
  const errors: ParseError[] = [];
  const value: unknown = parse(body, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined)
    throw new GatewayError(
      'config',
      `The file is not valid JSON (line ${body.slice(0, error.offset).split('\n').length}).`,
      { hint: 'Correct it first; nothing was written.' },
    );
  if (!isJsonObject(value))
    throw new GatewayError('config', 'The file does not hold a JSON object.', {
      hint: 'Correct it first; nothing was written.',
    });
  return value;
};

/** Whether a client that takes plain JSON only would stumble. */
export const hasComments = (text: string): boolean => {
  const body = text.startsWith(bom) ? text.slice(1) : text;
  const errors: ParseError[] = [];
  parse(body, errors, { disallowComments: true, allowTrailingComma: false });
  return body.trim() !== '' && errors.length > 0;
};

const withPrompt = (text: string, prompt: Prompt): string => {
  const { inputs } = parseJsonFile(text);
  if (!Array.isArray(inputs)) return setInJson(text, ['inputs'], [{ ...prompt }]);
  const at = inputs.findIndex((input) => isJsonObject(input) && input['id'] === prompt.id);
  return setInJson(text, ['inputs', at], { ...prompt });
};

/** The text with the entry put in or replaced; comments, order and all others stay. */
export const putInJson = (
  text: string,
  client: Pick<ClientSpec, 'key'>,
  name: string,
  entry: Entry,
): string => {
  const mark = text.startsWith(bom) ? bom : '';
  const root = parseJsonFile(text);
  if (root[client.key] !== undefined && !isJsonObject(root[client.key]))
    throw new GatewayError('config', `"${client.key}" in the file is not an object.`, {
      hint: 'Correct it first; nothing was written.',
    });
  const body = text.slice(mark.length);
  const start = body.trim() === '' ? '{}\n' : body;
  const prompted = entry.prompts.reduce(withPrompt, start);
  return (
    mark +
    (root[client.key] === undefined
      ? setInJson(prompted, [client.key], { [name]: entry.value })
      : setInJson(prompted, [client.key, name], entry.value))
  );
};

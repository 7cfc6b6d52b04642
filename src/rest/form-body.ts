import type { FilePart, RequestBody } from '../django/messages.ts';
import type { GivenFile } from '../operations/file-value.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { refuseFields } from './encode-data.ts';
import type { Field } from './fields.ts';

/** A check box and a select of three read `True` alike; an empty text is no choice at all. */
const wordOf = (value: JsonValue): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : value === null ? '' : String(value);

/** The texts that a form's control has for a value; undefined where one does not say it. */
const textsOf = (type: string, value: JsonValue): readonly string[] | undefined => {
  if (type === 'array' || type === 'range') return undefined;
  if (type === 'json')
    return [typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)];
  if (Array.isArray(value)) return value.map(wordOf);
  return isJsonObject(value) ? undefined : [wordOf(value)];
};

/**
 * Values that the package's form reads, and files, as the browser's own kind of body: the
 * package takes files in no other.
 *
 * @throws GatewayError `unsupported`
 */
export const formBody = (
  values: JsonObject,
  given: ReadonlyMap<string, GivenFile>,
  fields: ReadonlyMap<string, Field>,
): RequestBody => {
  const pairs: (readonly [string, string])[] = [];
  const untold = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    const texts = textsOf(fields.get(name)?.type ?? '', value);
    if (texts === undefined) untold.set(name, 'cannot be sent together with a file');
    else for (const text of texts) pairs.push([name, text]);
  }
  refuseFields(untold);
  const files: FilePart[] = [...given].map(([field, file]) => ({ field, ...file }));
  return { kind: 'multipart', fields: pairs, files };
};

import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';

/** Whether a body came as an HTML form with files would send it. */
export const isMultipart = (contentType: string | null): boolean =>
  /^multipart\/form-data\s*;/i.test(contentType ?? '');

/**
 * The parts of a form.
 *
 * @throws GatewayError `input` where it is no form
 */
export const readForm = async (
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<FormData> =>
  new Response(bytes, { headers: { 'content-type': contentType } })
    .formData()
    .catch((cause: unknown) => {
      throw new GatewayError('input', 'Malformed multipart/form-data body.', { cause });
    });

const fileValue = async (file: File): Promise<JsonObject> => ({
  file: {
    name: file.name,
    content_base64: Buffer.from(await file.arrayBuffer()).toString('base64'),
    ...(file.type === '' ? {} : { media_type: file.type.split(';')[0] ?? file.type }),
  },
});

/** As Django's own boxes and null-boolean selects are read. */
const booleans: Readonly<Record<string, boolean | null>> = {
  on: true,
  true: true,
  '1': true,
  '': false,
  off: false,
  false: false,
  '0': false,
  unknown: null,
};

const isFileField = (field: JsonValue | undefined): boolean =>
  field !== undefined && isJsonObject(field) && /^(?:file|image)$/.test(String(field['type']));

/** The texts of a form as the value that their field takes; a form itself has texts alone. */
const valueIn = (texts: readonly string[], field: JsonValue | undefined): JsonValue => {
  const { type, widget } = field !== undefined && isJsonObject(field) ? field : {};
  const kind = widget !== undefined && isJsonObject(widget) ? String(widget['kind']) : '';
  if (type === 'manytomany' || /multiple|shuttle/.test(kind)) {
    // Raw ids are one text with commas.
    const keys = kind.startsWith('raw') ? texts.flatMap((text) => text.split(',')) : texts;
    return keys.map((key) => key.trim()).filter((key) => key !== '');
  }
  const [text = ''] = texts.slice(-1);
  if (type !== 'boolean') return text;
  const known = booleans[text.toLowerCase()];
  return known === undefined ? text : known;
};

/**
 * The fields of a form: files as file values, `<name>-clear` as `{"clear": true}`, and texts as
 * the fields that `form_spec` described take them. An input without a file is left out, as
 * Django leaves it out.
 *
 * @param fields `fields` of a `form_spec`; empty where there is none
 */
export const dataOfForm = async (form: FormData, fields: JsonObject): Promise<JsonObject> => {
  const data: Record<string, JsonValue> = {};
  for (const name of new Set(form.keys())) {
    const parts = form.getAll(name);
    const texts = parts.filter((part) => typeof part === 'string');
    const file = parts.findLast((part) => typeof part !== 'string');
    const cleared = name.replace(/-clear$/, '');
    if (typeof file === 'object' && file.name !== '') data[name] = await fileValue(file);
    else if (texts.length > 0 && cleared !== name && !(name in fields))
      data[cleared] ??= { clear: true };
    else if (texts.some((text) => text !== '') || !isFileField(fields[name]))
      data[name] = valueIn(texts, fields[name]);
  }
  return data;
};

import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { didYouMean } from '../operations/nearest.ts';
import { type Answer, refusal } from '../operations/upstream.ts';
import { type Controls, hiddenIn, isSplit } from './controls.ts';
import { keyIn } from './fields.ts';
import { type Inline, type InlineField, inlinesOf } from './inlines.ts';

const unsupported = (message: string, details: JsonObject): GatewayError =>
  new GatewayError('unsupported', message, {
    hint: 'Run the gateway with --upstream stock, which writes inlines by their formset. Nothing was changed.',
    details,
  });

const bad = (message: string, fields: JsonObject = {}): Answer =>
  refusal(400, 'validation_failed', message, { fields });

/** A value of an inline field is turned into text by the package, with Python's `str`. */
const asText = (field: InlineField, value: JsonValue): JsonValue | undefined => {
  if (field.type === 'json') return JSON.stringify(value);
  if (field.type === 'foreignkey') return value === null ? null : keyIn(value);
  return value === null || typeof value !== 'object' ? value : undefined;
};

/** Fields that lose their value when a row that has one is saved, with or without being given. */
const lostIn = (inline: Inline, controls: Controls): readonly string[] => [
  ...inline.fields
    .filter(
      ({ name, type, readonly }) =>
        !readonly &&
        (type === 'datetime' || type === 'manytomany' || isSplit(controls.inline, name)),
    )
    .map(({ name }) => name),
  // Which inline a control belongs to is not told, so one hidden field stands for all.
  ...hiddenIn(controls.inline),
];

const rowKeys = new Set(['pk', 'fields', 'DELETE', 'label']);

interface Row {
  readonly row?: JsonObject;
  readonly refused?: Answer;
}

const encodeRow = (inline: Inline, raw: JsonObject, controls: Controls): Row => {
  const extra = Object.keys(raw).find((key) => !rowKeys.has(key));
  if (extra !== undefined)
    return { refused: bad(`A row of ${inline.name} holds pk, fields and DELETE, not "${extra}".`) };
  const pk = raw['pk'] ?? null;
  const remove = raw['DELETE'] === true;
  const known = pk === null ? undefined : inline.rows.get(String(pk));
  if (pk !== null && known === undefined)
    return {
      refused: refusal(404, 'not_found', `${inline.name} has no row with this pk.`, { pk }),
    };
  if (pk !== null && inline.pkField !== 'id')
    throw unsupported('django-admin-rest-api finds existing rows by "id" only.', {
      inline: inline.name,
      pk_field: inline.pkField,
    });
  // Where the formset cannot delete, it takes the row for a change with nothing in it.
  if (remove && !controls.inline.has('DELETE'))
    return { refused: refusal(403, 'forbidden', `Rows of ${inline.name} cannot be deleted.`) };
  if (remove) return { row: { pk, DELETE: true } };
  const given = isJsonObject(raw['fields']) ? raw['fields'] : {};
  const lost = lostIn(inline, controls);
  const atRisk = pk === null ? lost.filter((name) => name in given) : lost;
  if (atRisk.length > 0)
    throw unsupported('django-admin-rest-api would empty or drop fields of this row.', {
      inline: inline.name,
      fields: [...atRisk],
    });
  return encodeFields(inline, pk, { ...known, ...given }, given);
};

const encodeFields = (
  inline: Inline,
  pk: JsonValue,
  merged: JsonObject,
  given: JsonObject,
): Row => {
  const names = inline.fields.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    return {
      refused: bad(`${inline.name} has no field "${unknown}". ${didYouMean(unknown, names)}`),
    };
  const fields: Record<string, JsonValue> = {};
  for (const field of inline.fields) {
    if (field.readonly && field.name in given)
      return { refused: bad(`"${field.name}" of ${inline.name} is read-only.`) };
    if (field.readonly || !(field.name in merged)) continue;
    if (field.type === 'file' || field.type === 'image') {
      if (field.name in given)
        throw unsupported('django-admin-rest-api takes no files in inlines.', {
          inline: inline.name,
          fields: [field.name],
        });
      continue;
    }
    const value = asText(field, merged[field.name] ?? null);
    if (value === undefined)
      return { refused: bad(`Give "${field.name}" of ${inline.name} as a single value.`) };
    fields[field.name] = value;
  }
  return { row: { ...(pk === null ? {} : { pk }), fields } };
};

const rowsIn = (block: JsonValue | undefined): readonly JsonValue[] | undefined => {
  const items = isJsonObject(block) && Object.keys(block).length === 1 ? block['items'] : block;
  return Array.isArray(items) ? items : undefined;
};

type EncodedInlines =
  | { readonly inlines: JsonObject; readonly refused?: undefined }
  | { readonly refused: Answer; readonly inlines?: undefined };

/**
 * Makes inline rows safe to send: rows that exist are completed with what they hold (the
 * package empties what is left out), rows that the user cannot see are refused (the package
 * writes them), and so are names that several inlines share (it takes the last one).
 *
 * @param given `{name: {items: [{pk?, fields?, DELETE?}]}}`, or the list itself
 * @param body the object as `retrieve` shows it
 * @throws GatewayError `unsupported`
 */
export const encodeInlines = (
  given: JsonValue,
  body: JsonObject,
  controls: Controls,
): EncodedInlines => {
  if (!isJsonObject(given))
    return { refused: bad('"inlines" is an object: name of the inline to rows.') };
  const all = inlinesOf(body);
  const inlines: Record<string, JsonValue> = {};
  for (const [name, block] of Object.entries(given)) {
    const named = all.filter((inline) => inline.name === name);
    const [inline] = named;
    if (inline === undefined)
      return {
        refused: bad(
          `There is no inline "${name}". ${didYouMean(
            name,
            all.map((each) => each.name),
          )}`,
        ),
      };
    if (named.length > 1)
      throw unsupported(
        'Several inlines of this object have the same name here, and a write would go to the last of them.',
        { inline: name },
      );
    const rows = rowsIn(block);
    if (rows === undefined || !rows.every(isJsonObject))
      return { refused: bad(`Give the rows of ${name} as {"items": [{"pk": …, "fields": {…}}]}.`) };
    const items: JsonValue[] = [];
    for (const raw of rows) {
      const { row, refused } = encodeRow(inline, raw, controls);
      if (refused !== undefined) return { refused };
      if (row !== undefined) items.push(row);
    }
    inlines[name] = { items };
  }
  return { inlines };
};

import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../../operations/json.ts';
import { valueText } from '../value-text.ts';

const fieldLine = ([name, field]: readonly [string, JsonValue]): string => {
  if (!isJsonObject(field)) return `${name}: ${valueText(field)}`;
  return `${valueText(field['label'] ?? name)}: ${valueText(field['value'])}`;
};

const inlineLines = (inline: JsonObject): readonly string[] => {
  const rows = objectsIn(inline['rows']).filter(({ pk }) => pk !== null);
  if (rows.length === 0) return [];
  return [
    '',
    `${valueText(inline['label'])} (${rows.length})`,
    ...rows.map(({ label, pk }) => `- ${valueText(label ?? pk)}`),
  ];
};

/** An object of `retrieve` for people: its name, and a line for each field and inline row. */
export const objectText = (body: JsonObject): string => {
  const { app_label, model_name, pk, label, fields, inlines, truncated } = body;
  return [
    `${valueText(label)} (${valueText(app_label)}.${valueText(model_name)} ${valueText(pk)})`,
    '',
    ...Object.entries(isJsonObject(fields) ? fields : {}).map(fieldLine),
    ...objectsIn(inlines).flatMap(inlineLines),
    ...(truncated === undefined ? [] : ['', 'This is not all of it: it was cut to size.']),
  ].join('\n');
};

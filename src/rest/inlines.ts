import { isJsonObject, type JsonObject } from '../operations/json.ts';
import { objectsIn } from './body.ts';

export interface InlineField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly readonly: boolean;
}

export interface Inline {
  readonly name: string;
  readonly pkField: string;
  readonly fields: readonly InlineField[];
  /** The rows that this user sees, by key; the package would also write others. */
  readonly rows: ReadonlyMap<string, JsonObject>;
}

const inlineOf = (raw: JsonObject): Inline => ({
  name: String(raw['name']),
  pkField: String(raw['pk_field'] ?? 'id'),
  fields: objectsIn(raw, 'fields').map((field) => ({
    name: String(field['name']),
    label: String(field['label'] ?? field['name']),
    type: String(field['type'] ?? 'unsupported'),
    readonly: field['readonly'] === true,
  })),
  rows: new Map(
    objectsIn(raw, 'rows').map((row) => [
      String(row['pk']),
      isJsonObject(row['fields']) ? row['fields'] : {},
    ]),
  ),
});

/** The inlines of an object as `retrieve` shows it. */
export const inlinesOf = (body: JsonObject): readonly Inline[] =>
  objectsIn(body, 'inlines').map(inlineOf);

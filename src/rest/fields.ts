import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { objectsIn } from './body.ts';

/** A field as the package describes it; see `contract/form.ts`. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** `string`, `boolean`, `foreignkey`, `manytomany`, `json`, `datetime`, … */
  readonly type: string;
  readonly required: boolean;
  readonly readonly: boolean;
  /** `raw_id`, `password`, …; most fields have none. */
  readonly widget: string | undefined;
  readonly value: JsonValue;
  /** In characters; undefined for no limit that is known. */
  readonly maxLength: number | undefined;
  /** As the package lists them: a group is one garbled choice ({@link isGroup}). */
  readonly choices: readonly JsonObject[];
}

const fieldOf = (name: string, raw: JsonObject): Field => ({
  name,
  label: typeof raw['label'] === 'string' ? raw['label'] : name,
  type: typeof raw['type'] === 'string' ? raw['type'] : 'unsupported',
  required: raw['required'] === true,
  readonly: raw['readonly'] === true,
  widget: typeof raw['widget'] === 'string' ? raw['widget'] : undefined,
  value: raw['value'] ?? null,
  maxLength: typeof raw['max_length'] === 'number' ? raw['max_length'] : undefined,
  choices: objectsIn(raw, 'choices'),
});

/** 1.8.1 makes one choice of a group of them: its value is the group's name. */
export const isGroup = (choice: JsonObject): boolean => String(choice['label']).startsWith('[(');

/** The fields of a detail or an add form. */
export const fieldsOf = (body: JsonObject): ReadonlyMap<string, Field> => {
  const fields = isJsonObject(body['fields']) ? body['fields'] : {};
  return new Map(
    Object.entries(fields).flatMap(([name, raw]) =>
      isJsonObject(raw) ? [[name, fieldOf(name, raw)] as const] : [],
    ),
  );
};

export const editable = (fields: ReadonlyMap<string, Field>): readonly Field[] =>
  [...fields.values()].filter((field) => !field.readonly);

/** The key in `7`, `"7"` or `{id: 7, label: …}`; `undefined` for anything else. */
export const keyIn = (value: JsonValue | undefined): JsonValue | undefined => {
  const key = isJsonObject(value) ? value['id'] : value;
  return typeof key === 'string' || typeof key === 'number' ? key : undefined;
};

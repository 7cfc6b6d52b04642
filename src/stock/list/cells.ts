import type { JsonObject, JsonValue } from '../../operations/json.ts';
import { jsonInteger } from '../../operations/json-exact.ts';
import { keyJson } from '../contract/key.ts';
import { modelJson } from '../contract/model.ts';
import type { FieldShape, ModelShape } from '../desk/model-shape.ts';
import { controlValues } from '../forms/successful.ts';
import type { Control } from '../forms/types.ts';
import type { Cell, Filter } from '../pages/types/changelist.ts';
import type { FieldType } from '../pages/types/field.ts';

/** Reads what a page shows in its language; undefined where the text is no such value. */
export type TextReader = (text: string, type: FieldType) => JsonValue | undefined;

const numeric: ReadonlySet<FieldType> = new Set(['integer', 'decimal', 'float']);
const temporal: ReadonlySet<FieldType> = new Set(['date', 'datetime', 'time']);

const numberJson = (text: string, type: FieldType): JsonValue =>
  type === 'decimal' ? text : type === 'float' ? Number(text) : jsonInteger(text);

/**
 * The sign for an empty value that a list uses, as far as its own cells prove it: the text
 * that stands where only a number or a date could.
 */
export const emptySign = (
  rows: readonly { readonly cells: readonly Cell[] }[],
  { fields }: ModelShape,
  read: TextReader,
): string | null => {
  const found = new Set<string>();
  for (const { cells } of rows)
    for (const { column, text, controls, boolean } of cells) {
      const type = fields.get(column)?.type ?? 'unsupported';
      if (controls.length > 0 || boolean !== undefined || text === '') continue;
      if ((numeric.has(type) || temporal.has(type)) && read(text, type) === undefined)
        found.add(text);
    }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
};

const controlText = (control: Control): string => {
  const [value = ''] = controlValues({ ...control, disabled: false });
  return control.options.find((option) => option.value === value)?.label ?? value;
};

const isBox = ({ type }: Control): boolean => type === 'checkbox';

/** What an editable cell holds, as its control says it. */
export const rawJson = (cell: Cell): JsonValue => {
  const [first] = cell.controls;
  if (first === undefined) return null;
  if (isBox(first) && cell.controls.length === 1) return first.checked;
  if (first.type === 'select-multiple') return [...controlValues(first)];
  if (first.type === 'radio') return cell.controls.find(({ checked }) => checked)?.value ?? null;
  return cell.controls
    .flatMap((control) => controlValues({ ...control, disabled: false }))
    .join(' ');
};

const editableJson = (cell: Cell, shape: FieldShape | undefined, read: TextReader): JsonValue => {
  const [first] = cell.controls;
  if (first === undefined) return null;
  const raw = rawJson(cell);
  if (typeof raw !== 'string') return raw;
  const type = shape?.type ?? 'string';
  const isNumber = first.type === 'number';
  if (first.tag === 'select') {
    if (type === 'boolean') return raw === 'true' ? true : raw === 'false' ? false : null;
    const label = controlText(first);
    if (raw === '') return null;
    return type !== 'foreignkey'
      ? label
      : {
          id: keyJson(raw),
          label,
          ...(shape?.relation == null ? {} : { to: modelJson(shape.relation) }),
        };
  }
  if (isNumber && shape === undefined)
    return raw === '' ? null : raw.includes('.') ? raw : jsonInteger(raw);
  if (numeric.has(type)) return raw === '' ? null : numberJson(raw, type);
  if (temporal.has(type)) return raw === '' ? null : (read(raw, type) ?? raw);
  return raw;
};

/** Keys of related objects by column and label, where the list itself tells them. */
export type KnownKeys = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * A filter by foreign key lists every object that rows point at, with its key. A label that
 * stands there once names one object.
 */
export const keysByLabel = (filters: readonly Filter[]): KnownKeys =>
  new Map(
    filters.flatMap(({ name, parameters, choices }) => {
      const [own = ''] = parameters;
      if (own !== `${name}__id__exact`) return [];
      const keys = choices.flatMap(({ label, parameters: set }): [string, string][] => {
        const key = set[own];
        const isUnique = choices.filter((each) => each.label === label).length === 1;
        return key !== undefined && isUnique ? [[label, key]] : [];
      });
      return [[name, new Map(keys)] as const];
    }),
  );

export interface CellContext {
  readonly shape: ModelShape;
  readonly keys: KnownKeys;
  readonly read: TextReader;
  readonly emptySign: string | null;
}

const relatedJson = (cell: Cell, { relation }: FieldShape, keys: KnownKeys): JsonObject => {
  const target = cell.link?.target;
  // Django does not link foreign keys of a list; a project's own link may.
  const linked =
    target?.kind === 'change' && target.modelName === relation?.modelName ? target.pk : undefined;
  const key = linked ?? keys.get(cell.column)?.get(cell.text);
  return {
    id: key === undefined ? null : keyJson(key),
    label: cell.text,
    ...(relation === null ? {} : { to: modelJson(relation) }),
  };
};

/** A cell as the contract has it. */
export const cellJson = (
  cell: Cell,
  { shape, keys, read, emptySign: sign }: CellContext,
): JsonValue => {
  const field = shape.fields.get(cell.column);
  if (cell.controls.length > 0) return editableJson(cell, field, read);
  if (cell.boolean !== undefined) return cell.boolean;
  const { text } = cell;
  const isEmpty = text === '' || text === '-' || text === sign;
  const type = field?.type ?? 'unsupported';
  if (field !== undefined && type === 'foreignkey')
    return isEmpty ? null : relatedJson(cell, field, keys);
  if (numeric.has(type) || temporal.has(type)) return read(text, type) ?? (isEmpty ? null : text);
  if (type === 'choice' || type === 'boolean' || type === 'uuid') return isEmpty ? null : text;
  if (cell.html !== null && (field === undefined || type === 'unsupported'))
    return { html: cell.html };
  // Without a type, Django's `nowrap` is the only sign of a date; a look-alike text has none.
  if (cell.nowrap && field === undefined)
    return read(text, 'datetime') ?? read(text, 'date') ?? read(text, 'time') ?? text;
  return sign !== null && text === sign && field !== undefined ? null : text;
};

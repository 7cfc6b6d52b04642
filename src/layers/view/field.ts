import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import {
  always,
  each,
  ifTrue,
  lean,
  nameOr,
  never,
  type Rule,
  type Rules,
  unlessEmpty,
} from './lean.ts';
import { commonTarget, modelText, withoutTarget } from './refs.ts';
import { saysMore, unlessRepeated } from './words.ts';

/** Most choices of one select that are listed. */
export const maxChoices = 30;

/** The value alone, or `[value, label]`, or `[value, label, group]`. */
const leanChoice = (choice: JsonObject): JsonValue => {
  const { value = null, label = null, group, ...others } = choice;
  if (Object.keys(others).length > 0) return choice;
  if (group !== undefined && group !== null) return [value, label, group];
  return saysMore(label, String(value)) || Array.isArray(value) ? [value, label] : value;
};

export const choices: Rule = (value, whole) =>
  Array.isArray(value) ? each(leanChoice)(value.slice(0, maxChoices), whole) : undefined;

/** How many there are beyond those that are listed. */
export const moreChoices = ({ choices: all }: JsonObject): JsonObject =>
  Array.isArray(all) && all.length > maxChoices ? { more_choices: all.length - maxChoices } : {};

/** Widgets that tell what the type of a field does not. */
const tellingWidgets: ReadonlySet<JsonValue> = new Set(['password', 'custom', 'hidden']);

const widgetKind = (widget: JsonValue): JsonValue =>
  isJsonObject(widget) ? (widget['kind'] ?? null) : widget;

const widget: Rule = (value, { readonly }) => {
  const kind = widgetKind(value);
  return readonly !== true && tellingWidgets.has(kind) ? kind : undefined;
};

/** Attributes of a control that bound what it takes. */
const bounds = ['min', 'max', 'step', 'minlength', 'maxlength', 'pattern', 'accept'];

/** The bounds that the field itself does not tell. */
const attrsOf = ({ widget: control, max_length, decimal_places }: JsonObject): JsonObject => {
  const attrs = control !== undefined && isJsonObject(control) ? control['attrs'] : undefined;
  if (attrs === undefined || !isJsonObject(attrs)) return {};
  const told = new Set([
    ...(max_length === undefined ? [] : ['maxlength']),
    ...(decimal_places === undefined ? [] : ['step']),
  ]);
  const kept = bounds.flatMap((name) => {
    const value = attrs[name];
    return value === undefined || told.has(name) ? [] : [[name, value] as const];
  });
  return kept.length === 0 ? {} : { attrs: Object.fromEntries(kept) };
};

/** What the target, the choices or being read-only tell as well. */
const type: Rule = (value, { to, choices: given, readonly }) => {
  const implied =
    value === 'string' ||
    (value === 'foreignkey' && (to ?? null) !== null) ||
    (value === 'choice' && Array.isArray(given) && given.length > 0) ||
    (value === 'unsupported' && readonly === true);
  return implied ? undefined : unlessEmpty(value, {});
};

const value: Rule = (given, { to }) =>
  withoutTarget(given, to === undefined ? undefined : modelText(to, {}));

const fieldRules: Rules = {
  name: always,
  label: unlessRepeated,
  type,
  required: ifTrue,
  readonly: ifTrue,
  to: modelText,
  choices,
  widget,
  value,
  initial: value,
};

/** A field that carries its `name`; its value stays whatever it is. */
export const leanNamedField = (field: JsonObject): JsonObject => ({
  ...lean(field, fieldRules),
  ...moreChoices(field),
  ...attrsOf(field),
});

/** Fields by name. */
export const leanFields: Rule = (fields) => {
  if (!isJsonObject(fields)) return undefined;
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (!isJsonObject(field)) return [name, field];
      const { name: _, ...others } = leanNamedField({ name, ...field });
      return [name, others];
    }),
  );
};

/** A list of fields that hold no values of their own, as those of an inline. */
export const leanFieldList = (
  fields: readonly JsonObject[],
  valuesOf: (name: string) => readonly JsonValue[],
): JsonValue[] =>
  fields.map((field) => {
    const target = 'to' in field ? undefined : commonTarget(valuesOf(String(field['name'])));
    return nameOr(leanNamedField(target === undefined ? field : { ...field, to: target }));
  });

/** After a write only what the fields hold; what they are like was read before. */
export const valuesOnly: Rule = (fields) => {
  if (!isJsonObject(fields)) return undefined;
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (!isJsonObject(field) || !('value' in field)) return [name, field];
      const { redacted } = field;
      return [
        name,
        {
          value: value(field['value'] ?? null, field) ?? null,
          ...(redacted === undefined ? {} : { redacted }),
        },
      ];
    }),
  );
};

const saysSomething = ({ title, description }: JsonObject): boolean =>
  [title, description].some((text) => typeof text === 'string' && text !== '');

/** Groups of fields that have a title or a description; the others only order the fields. */
export const fieldsets: Rule = (sets) =>
  Array.isArray(sets)
    ? each((set) => lean(set, { field_rows: never, classes: never }))(
        sets.filter((set) => isJsonObject(set) && saysSomething(set)),
        {},
      )
    : undefined;

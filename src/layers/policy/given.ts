import type { OperationName } from '../../operations/catalogue.ts';
import { givenValues } from '../../operations/given-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import type { Veil } from './veil.ts';

/** The words in which the upstreams refuse a name that no form has. */
const noSuchField = 'There is no such field.';
const noSuchInline = 'There is no such inline.';

const keysOf = (value: unknown): readonly string[] =>
  isJsonObject(value) ? Object.keys(value) : [];

const refuseFields = (fields: JsonObject): Answer | undefined =>
  Object.keys(fields).length === 0
    ? undefined
    : refusal(400, 'validation_failed', 'Some values do not fit the form; nothing was sent.', {
        fields,
      });

const hiddenFields = (names: readonly string[], { hides }: Veil): Answer | undefined =>
  refuseFields(Object.fromEntries(names.filter(hides).map((name) => [name, [noSuchField]])));

const dateParts = ['year', 'month', 'day'];

/** Filters that would tell a hidden field's values apart. */
const hiddenFilter = (filters: unknown, { hides }: Veil): Answer | undefined => {
  const name = keysOf(filters).find(hides);
  return name === undefined
    ? undefined
    : refusal(400, 'unknown_filter', `This admin has no filter "${name}".`, { filter: name });
};

const hiddenOrdering = (ordering: unknown, { hides }: Veil): Answer | undefined => {
  const columns = typeof ordering === 'string' ? ordering.split(',') : [];
  const name = columns.map((column) => column.trim().replace(/^-+/, '')).find(hides);
  return name === undefined
    ? undefined
    : refusal(400, 'unknown_ordering', `There is no column "${name}".`, { column: name });
};

/** Refuses arguments that name a hidden field. The query of a form sets initial values. */
export const refuseHidden = (
  name: OperationName,
  input: Readonly<Record<string, unknown>>,
  veil: Veil,
): Answer | undefined => {
  const across = isJsonObject(input['across']) ? input['across'] : {};
  if (name === 'set_password') return hiddenFields(['password'], veil);
  const given = [input['query'], ...givenValues(input)];
  // The key of a form may be the value of another field than the primary key (Django's popups).
  const toField = isJsonObject(input['query']) ? input['query']['_to_field'] : undefined;
  return (
    hiddenFilter(input['filters'] ?? across['filters'], veil) ??
    hiddenOrdering(input['ordering'], veil) ??
    hiddenFields(
      [...given.flatMap(keysOf), ...(typeof toField === 'string' ? [toField] : [])],
      veil,
    )
  );
};

const entriesNamed = (body: JsonObject, key: string): readonly JsonObject[] => {
  const value = body[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};

/**
 * Refuses filters that only the list itself shows to be about a hidden field: by another name,
 * or by a part of the date that the list is divided by.
 */
export const refuseHiddenOnList = (
  filters: Readonly<Record<string, unknown>>,
  body: JsonObject,
  veil: Veil,
): Answer | undefined => {
  const { field } = isJsonObject(body['date_hierarchy']) ? body['date_hierarchy'] : {};
  const isDateHidden = typeof field === 'string' && veil.hides(field);
  const aliases = entriesNamed(body, 'filters').flatMap(({ name, parameters }) =>
    Array.isArray(parameters) && parameters.some((each) => veil.hides(String(each)))
      ? [String(name), ...parameters.map(String)]
      : [],
  );
  const hides = (name: string): boolean =>
    aliases.includes(name) || (isDateHidden && dateParts.includes(name));
  return hiddenFilter(filters, { ...veil, hides });
};

/** The rows in `data.inlines`: a list, or `{items: […]}`. */
const rowsOf = (value: JsonValue): readonly JsonValue[] => {
  const items = isJsonObject(value) ? value['items'] : value;
  return Array.isArray(items) ? items : [];
};

/** Names in a row of an inline: beside its key, or under `fields`. */
const namesInRow = (row: JsonValue): readonly string[] => [
  ...keysOf(row),
  ...keysOf(isJsonObject(row) ? row['fields'] : undefined),
];

/** Refuses rows of inlines that are not served, and hidden fields in rows of those that are. */
export const refuseHiddenRows = (given: JsonObject, veil: Veil): Answer | undefined => {
  const faults = Object.entries(given).flatMap(([name, value]): [string, JsonValue][] => {
    const below = veil.inline({ name });
    if (below === undefined) return [[`inlines.${name}`, [noSuchInline]]];
    return rowsOf(value).flatMap((row, index) =>
      namesInRow(row)
        .filter(below.hides)
        .map((field): [string, JsonValue] => [`${name}.${index}.${field}`, [noSuchField]]),
    );
  });
  return refuseFields(Object.fromEntries(faults));
};

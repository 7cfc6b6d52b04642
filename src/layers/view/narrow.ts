import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../../operations/json.ts';
import { didYouMean } from '../../operations/nearest.ts';

/** Said of every row and object, so that asking for them is no mistake. */
const alwaysThere = ['pk', 'label', 'version'];

/** @throws GatewayError `input` for a name that is none of the known ones */
const assertKnown = (wanted: readonly string[], known: readonly string[], kind: string): void => {
  const errors = wanted.flatMap((name, index) =>
    known.includes(name) || alwaysThere.includes(name)
      ? []
      : [
          {
            pointer: `/fields/${index}`,
            message: `there is no ${kind} "${name}". ${didYouMean(name, known)}`,
          },
        ],
  );
  const [first] = errors;
  if (first !== undefined)
    throw new GatewayError('input', `Invalid arguments: ${first.pointer} ${first.message}`, {
      hint: 'Correct "fields" and call again, or leave it out to get all.',
      details: { errors },
    });
};

const namesOf = (value: JsonValue | undefined): string[] =>
  objectsIn(value).map(({ name }) => String(name));

const picked = (value: JsonValue | undefined, wanted: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(isJsonObject(value) ? value : {}).filter(([name]) => wanted.includes(name)),
  );

/** The members of an object that are there, under their maps. */
const changed = (
  object: JsonObject,
  maps: Readonly<Record<string, (value: JsonValue) => JsonValue>>,
): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, maps[name]?.(value) ?? value]),
  );

const named = (wanted: readonly string[]) => (list: JsonValue) =>
  objectsIn(list).filter(({ name }) => wanted.includes(String(name)));

/**
 * A list with these columns only.
 *
 * @throws GatewayError `input` where it has no such column
 */
export const narrowList = (body: JsonObject, wanted: readonly string[]): JsonObject => {
  assertKnown(wanted, namesOf(body['columns']), 'column');
  const cells = (value: JsonValue): JsonValue => picked(value, wanted);
  return changed(body, {
    columns: named(wanted),
    results: (rows) => objectsIn(rows).map((row) => changed(row, { fields: cells, raw: cells })),
  });
};

/**
 * An object with these fields and inlines only.
 *
 * @throws GatewayError `input` where it has no such field
 */
export const narrowObject = (body: JsonObject, wanted: readonly string[]): JsonObject => {
  const fields = isJsonObject(body['fields']) ? Object.keys(body['fields']) : [];
  assertKnown(wanted, [...fields, ...namesOf(body['inlines'])], 'field or inline');
  const onlyWanted = (list: JsonValue): JsonValue =>
    Array.isArray(list) ? list.filter((name) => wanted.includes(String(name))) : list;
  const isFilled = (list: JsonValue | undefined): boolean =>
    !Array.isArray(list) || list.length > 0;
  return changed(body, {
    fields: (all) => picked(all, wanted),
    fieldsets: (sets) =>
      objectsIn(sets)
        .map((set) =>
          changed(set, {
            fields: onlyWanted,
            field_rows: (rows) =>
              Array.isArray(rows) ? rows.map(onlyWanted).filter(isFilled) : rows,
          }),
        )
        .filter(({ fields: left }) => isFilled(left)),
    inlines: named(wanted),
  });
};

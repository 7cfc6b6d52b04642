import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { objectsIn } from './body.ts';
import { isSame } from './compare-value.ts';
import { type Inline, inlinesOf } from './inlines.ts';

const planRow = (inline: Inline, row: JsonObject): JsonObject => {
  const { pk = null } = row;
  const head = { inline: inline.name, pk };
  if (row['DELETE'] === true) return { ...head, delete: true, changes: [] };
  const stored = pk === null ? undefined : inline.rows.get(String(pk));
  const given = isJsonObject(row['fields']) ? row['fields'] : {};
  const changes = inline.fields.flatMap(({ name, label, type }) => {
    const sent = given[name];
    if (sent === undefined) return [];
    // JSON goes to the formset as text.
    const value = type === 'json' ? (JSON.parse(String(sent)) as JsonValue) : sent;
    const old = stored?.[name] ?? null;
    return isSame(type, value, old) ? [] : [{ name, label, old, new: value }];
  });
  return { ...head, changes };
};

/**
 * Rows of inlines that would be added, changed or deleted.
 *
 * @param sent what `encodeInlines` made of the caller's rows
 * @param seen the object as `retrieve` shows it
 */
export const plannedRows = (sent: JsonObject, seen: JsonObject): JsonObject[] => {
  const inlines = inlinesOf(seen);
  return Object.entries(sent).flatMap(([name, block]) => {
    const inline = inlines.find((each) => each.name === name);
    const rows = isJsonObject(block) ? objectsIn(block, 'items') : [];
    return inline === undefined ? [] : rows.map((row) => planRow(inline, row));
  });
};

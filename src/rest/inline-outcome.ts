import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { objectsIn } from './body.ts';

const keysIn = (body: JsonObject, name: string): ReadonlySet<string> => {
  const inline = objectsIn(body, 'inlines').find((each) => each['name'] === name);
  return new Set(objectsIn(inline ?? {}, 'rows').map((row) => String(row['pk'])));
};

/**
 * What did not happen to inline rows although Django reported success: a formset skips new
 * rows that equal an empty one, without a word.
 */
export const inlineFailures = (
  sent: JsonObject,
  before: JsonObject,
  after: JsonObject,
): JsonObject => {
  const failures: Record<string, JsonValue> = {};
  for (const [name, block] of Object.entries(sent)) {
    const items = isJsonObject(block) ? objectsIn(block, 'items') : [];
    const [old, now] = [keysIn(before, name), keysIn(after, name)];
    const added = [...now].filter((key) => !old.has(key)).length;
    const wanted = items.filter((item) => item['pk'] === undefined).length;
    const left = items.filter((item) => item['DELETE'] === true && now.has(String(item['pk'])));
    if (left.length > 0) failures[name] = [`${left.length} rows were not deleted.`];
    else if (added < wanted)
      failures[name] = [
        `${wanted - added} of ${wanted} new rows were not saved: they say no more than an empty row.`,
      ];
  }
  return failures;
};

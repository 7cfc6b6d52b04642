import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../../operations/json.ts';
import { always, inside, lean, never } from './lean.ts';
import { notes } from './notes.ts';
import { tableOf } from './table.ts';

const userText = (user: JsonValue | undefined): JsonValue =>
  isJsonObject(user) ? (user['label'] ?? null) : (user ?? null);

/** The log as a table: when, who, what, and Django's own words for it. */
export const leanHistory = (body: JsonObject): JsonObject => {
  const entries = objectsIn(body['entries']).map((entry) => ({
    ...entry,
    user: userText(entry['user']),
  }));
  const { columns, rows } = tableOf(entries, [
    'action_time',
    'user',
    'action',
    'change_message_human',
  ]);
  const kept = lean(body, { object: always, entries: never, time_zone: inside({}), notes });
  return { ...kept, columns, entries: rows };
};

/** What the user did last as a table; the key of an object follows its model. */
export const leanRecentActions = (body: JsonObject): JsonObject => {
  const actions = objectsIn(body['actions']).map((action) => {
    const { target = null, model_label = null, ...others } = action;
    const { app_label, model_name, pk } = isJsonObject(target) ? target : {};
    return {
      ...others,
      // Said of what is gone alone: the others have the name of their model.
      model_label: target === null ? model_label : null,
      ...(app_label === undefined ? {} : { app_label }),
      ...(model_name === undefined ? {} : { model_name }),
      ...(pk === undefined ? {} : { pk }),
    };
  });
  const { columns, rows } = tableOf(actions, [
    'action',
    'action_time',
    'object_repr',
    'model_label',
    'app_label',
    'model_name',
    'pk',
  ]);
  return { ...lean(body, { actions: never, notes }), columns, actions: rows };
};

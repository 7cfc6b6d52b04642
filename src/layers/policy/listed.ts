import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { modelIn, serves } from './models.ts';
import type { Rules } from './rules.ts';

const objectsIn = (body: JsonObject, key: string): readonly JsonObject[] => {
  const value: JsonValue = body[key] ?? [];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};

/** The registry without models that are not served, and without apps that have no others. */
export const servedRegistry = (rules: Rules, body: JsonObject): JsonObject => ({
  ...body,
  apps: objectsIn(body, 'apps').flatMap((app) => {
    const all = objectsIn(app, 'models');
    const models = all.filter(({ real_app_label, app_label, model_name }) =>
      serves(rules, {
        app_label: String(real_app_label ?? app_label),
        model_name: String(model_name),
      }),
    );
    return all.length > 0 && models.length === 0 ? [] : [{ ...app, models }];
  }),
});

/** Recent actions whose model is told and served. */
export const servedActions = (rules: Rules, body: JsonObject): JsonObject => ({
  ...body,
  actions: objectsIn(body, 'actions').filter(({ target }) => {
    const model = modelIn(target);
    return model !== undefined && serves(rules, model);
  }),
});

import type { Settings } from '../config/options.ts';
import { type GlobKind, globKinds } from '../operations/globs.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';

interface Named {
  readonly app: string;
  readonly model: string;
}

const modelsIn = (registry: JsonObject): readonly Named[] => {
  const apps = Array.isArray(registry['apps']) ? registry['apps'] : [];
  return apps.filter(isJsonObject).flatMap(({ models }) =>
    (Array.isArray(models) ? models : []).filter(isJsonObject).map((model) => ({
      app: String(model['real_app_label'] ?? model['app_label']),
      model: String(model['model_name']),
    })),
  );
};

const settingsWithGlobs = [
  ['MODELS', 'model'],
  ['EXCLUDE_MODELS', 'model'],
  ['EXCLUDE_FIELDS', 'field'],
] as const satisfies readonly (readonly [keyof Settings, GlobKind])[];

export const hasGlobs = (settings: Settings): boolean =>
  settingsWithGlobs.some(([key]) => settings[key].length > 0);

/**
 * Globs that name no model of the admin's index, which may be a slip. Models that have no page
 * of their own, such as those of inlines, are not on it.
 */
export const unmatchedGlobs = (settings: Settings, registry: JsonObject): readonly string[] => {
  const models = modelsIn(registry);
  return settingsWithGlobs.flatMap(([key, kind]) =>
    settings[key]
      .filter((text) => {
        const glob = globKinds[kind].parse(text);
        return !models.some(({ app, model }) => glob?.app(app) && glob.model(model));
      })
      .map((text) => `${key} has "${text}", which names no model on this user's index.`),
  );
};

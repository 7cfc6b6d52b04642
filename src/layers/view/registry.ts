import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { always, each, inside, lean, never, type Rules } from './lean.ts';
import { notes } from './notes.ts';
import { permissionsText } from './permissions.ts';
import { saysMore, unlessRepeated } from './words.ts';

const modelRules: Rules = {
  app_label: never,
  real_app_label: never,
  model_name: always,
  object_name: never,
  // The plural is there on both upstreams.
  verbose_name: never,
  verbose_name_plural: (label, { model_name }) =>
    saysMore(label, String(model_name)) ? label : undefined,
  permissions: permissionsText,
  // list and retrieve name them.
  actions: never,
  custom_views: each((view) => lean(view, { label: unlessRepeated })),
};

/** A model of a group that the project made up says its own app label. */
const leanModel = (model: JsonObject, app: JsonObject): JsonObject => {
  const label = model['real_app_label'] ?? model['app_label'] ?? null;
  return {
    ...(label === app['app_label'] && app['is_group'] !== true ? {} : { app_label: label }),
    ...lean(model, modelRules),
  };
};

const leanApp = (app: JsonObject): JsonObject =>
  lean(app, {
    app_label: always,
    name: (name, { app_label }) => (saysMore(name, String(app_label)) ? name : undefined),
    verbose_name: never,
    is_group: (is) => (is === true ? true : undefined),
    models: each((model) => leanModel(model, app)),
  });

export const leanRegistry = (body: JsonObject): JsonObject =>
  lean(body, {
    mount: never,
    user: inside({}),
    apps: (apps) =>
      Array.isArray(apps) ? apps.map((app) => (isJsonObject(app) ? leanApp(app) : app)) : apps,
    notes,
  });

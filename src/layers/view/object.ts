import type { JsonObject } from '../../operations/json.ts';
import { actions } from './actions.ts';
import { fieldsets, leanFields, valuesOnly } from './field.ts';
import { inlineRows, inlines } from './inlines.ts';
import { always, each, ifTrue, inside, lean, never, type Rules } from './lean.ts';
import { notes } from './notes.ts';
import { permissionsText } from './permissions.ts';
import { unlessRepeated } from './words.ts';

const formRules: Rules = {
  app_label: never,
  model_name: never,
  pk: always,
  label: always,
  permissions: permissionsText,
  // Which buttons a browser would show; but without any, nothing can be saved.
  save_options: inside({
    show_save: (shown) => (shown === false ? false : undefined),
    show_save_and_continue: never,
    show_save_and_add_another: never,
    show_save_as_new: never,
    save_as: never,
    save_as_continue: never,
    save_on_top: never,
  }),
  password_change: inside({ supported: ifTrue }),
  fieldsets,
  fields: leanFields,
  inlines,
  object_actions: actions,
  custom_views: each((view) => lean(view, { label: unlessRepeated })),
  empty_value_display: never,
  variant: never,
  time_zone: inside({}),
  notes,
};

const savedRules: Rules = {
  ...formRules,
  permissions: never,
  save_options: never,
  password_change: never,
  fieldsets: never,
  fields: valuesOnly,
  inlines: inlineRows,
  object_actions: never,
  custom_views: never,
  view_on_site_url: never,
};

const planRules: Rules = {
  app_label: never,
  model_name: never,
  changes: each((change) => lean(change, { label: unlessRepeated, old: always, new: always })),
};

/** What an object tells beside its fields to somebody who named those wanted. */
const besideFields: ReadonlySet<string> = new Set([
  'pk',
  'label',
  'version',
  'fields',
  'inlines',
  'time_zone',
  'notes',
]);

/** The form of an object, or that of a new one. */
export const leanForm = (body: JsonObject, isNarrowed = false): JsonObject => {
  const whole = lean(body, formRules);
  return isNarrowed
    ? Object.fromEntries(Object.entries(whole).filter(([name]) => besideFields.has(name)))
    : whole;
};

/** What a write of one object answers with: what it holds now, or what it would. */
export const leanSaved = (body: JsonObject): JsonObject =>
  lean(body, body['dry_run'] === true ? planRules : savedRules);

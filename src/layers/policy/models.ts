import type { FieldGlob, ModelGlob } from '../../operations/globs.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { likelyModels } from './names.ts';
import type { Rules } from './rules.ts';

export interface ModelRef {
  readonly app_label: string;
  readonly model_name: string;
}

/** A name that no model of any site has: what is asked of it is answered as for any missing model. */
export const nowhere: ModelRef = { app_label: '_', model_name: '_' };

/** `{app_label, model_name}`, wherever it stands. */
export const modelIn = (value: JsonValue | undefined): ModelRef | undefined => {
  if (!isJsonObject(value)) return undefined;
  const { app_label, model_name } = value;
  return typeof app_label === 'string' && typeof model_name === 'string'
    ? { app_label, model_name }
    : undefined;
};

const names = (glob: ModelGlob, { app_label, model_name }: ModelRef): boolean =>
  glob.app(app_label) && glob.model(model_name);

export const serves = ({ served, excluded }: Rules, model: ModelRef): boolean =>
  served.every((globs) => globs.some((glob) => names(glob, model))) &&
  !excluded.some((glob) => names(glob, model));

export const hidesField = ({ hidden }: Rules, model: ModelRef, field: string): boolean =>
  hidden.some((glob) => names(glob, model) && glob.field(field));

/**
 * What the model of an inline may be called, where the HTML admin does not tell: it names the
 * formset (`payments`, `orderline_set`, `breaks-2`) and the plural.
 */
const likelyChildren = (inline: JsonObject): readonly string[] => {
  const prefix = String(inline['name'] ?? '')
    .replace(/-\d+$/, '')
    .replace(/_set$/, '');
  const label = inline['label'];
  return [...likelyModels(prefix), ...(typeof label === 'string' ? likelyModels(label) : [])];
};

/**
 * Whether a glob may mean a child that is known by likely names only. Such a child is taken to
 * be of its parent's app; a glob that says what the model is called means it in every app.
 */
const mayMean = (glob: ModelGlob, parent: ModelRef, children: readonly string[]): boolean =>
  children.some(glob.model) && (!glob.isWholeApp || glob.app(parent.app_label));

export const servesInline = (rules: Rules, parent: ModelRef, inline: JsonObject): boolean => {
  if (hidesField(rules, parent, String(inline['name']))) return false;
  const child = modelIn(inline['child']);
  if (child !== undefined) return serves(rules, child);
  const children = likelyChildren(inline);
  return (
    rules.served.every((globs) =>
      globs.some((glob) => glob.app(parent.app_label) && children.some(glob.model)),
    ) && !rules.excluded.some((glob) => mayMean(glob, parent, children))
  );
};

/** Whether a field of an inline is hidden, by the inline's own model. */
export const hiddenInInline = (
  rules: Rules,
  parent: ModelRef,
  inline: JsonObject,
): ((field: string) => boolean) => {
  const child = modelIn(inline['child']);
  if (child !== undefined) return (field) => hidesField(rules, child, field);
  const children = likelyChildren(inline);
  const globs: readonly FieldGlob[] = rules.hidden.filter((glob) =>
    mayMean(glob, parent, children),
  );
  return (field) => globs.some((glob) => glob.field(field));
};

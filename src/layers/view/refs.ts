import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { type Rule, unlessEmpty } from './lean.ts';

/** `{id, label, to?}`: another object, as the value of a field. */
export const isRef = (value: JsonValue): value is JsonObject => {
  if (!isJsonObject(value) || !('id' in value && 'label' in value)) return false;
  return Object.keys(value).length === ('to' in value ? 3 : 2);
};

/** `sales.order` for `{app_label, model_name}`; anything else as it is. */
export const modelText: Rule = (value, whole) => {
  if (!isJsonObject(value)) return unlessEmpty(value, whole);
  const { app_label: app, model_name: model } = value;
  const isModel = app !== undefined && model !== undefined && Object.keys(value).length === 2;
  return isModel ? `${app}.${model}` : value;
};

const toOf = ({ to }: JsonObject): string | undefined => {
  const text = to === undefined ? undefined : modelText(to, {});
  return typeof text === 'string' ? text : undefined;
};

/** The model that every reference among values, and in lists of them, leads to, if it is one. */
export const commonTarget = (values: readonly JsonValue[]): string | undefined => {
  let common: string | undefined;
  for (const value of values)
    for (const each of Array.isArray(value) ? value : [value]) {
      if (!isRef(each)) continue;
      const target = toOf(each);
      if (target === undefined || target !== (common ?? target)) return undefined;
      common = target;
    }
  return common;
};

/** A value without the model of its references, where that is told beside it. */
export const withoutTarget = (value: JsonValue, told: JsonValue | undefined): JsonValue => {
  if (Array.isArray(value))
    return value.some(isRef) ? value.map((item) => withoutTarget(item, told)) : value;
  if (told === undefined || !isRef(value) || toOf(value) !== told) return value;
  const { to: _, ...others } = value;
  return others;
};

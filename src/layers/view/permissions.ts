import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import type { Rule } from './lean.ts';

const kinds = ['view', 'add', 'change', 'delete'] as const;

const text = (of: (kind: string) => JsonValue | undefined): string => {
  const allowed = kinds.flatMap((kind) => {
    const may = of(kind);
    return may === true ? [kind] : may === null ? [`${kind}?`] : [];
  });
  return allowed.length === 0 ? 'none' : allowed.join(' ');
};

/** `view change delete?`: what is allowed; with a question mark what is not known. */
export const permissionsText: Rule = (value) =>
  isJsonObject(value) ? text((kind) => value[kind]) : undefined;

/** The same, of an inline. */
export const inlinePermissions = (inline: JsonObject): JsonObject =>
  kinds.some((kind) => `can_${kind}` in inline)
    ? { permissions: text((kind) => inline[`can_${kind}`]) }
    : {};

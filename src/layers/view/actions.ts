import type { JsonObject } from '../../operations/json.ts';
import { each, lean, nameOr, never, type Rule, type Rules, unlessEmpty } from './lean.ts';
import { saysMore, unlessRepeated } from './words.ts';

const rules: Rules = {
  label: unlessRepeated,
  description: (text, { name, label }) =>
    text !== label && saysMore(text, String(name)) ? text : undefined,
  // A guess from the word "delete"; whether it asks is told by running it.
  requires_confirmation: never,
  target: (target) => (target === 'batch' ? undefined : unlessEmpty(target, {})),
};

/** Actions, each by its name alone where its label says no more. */
export const actions: Rule = each((action: JsonObject) => nameOr(lean(action, rules)));

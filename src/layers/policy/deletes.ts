import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Aside } from './aside.ts';
import { type Kinds, kindsOf, reachedBy, servesKind } from './kinds.ts';
import { type ModelRef, serves, servesInline } from './models.ts';
import { likelyModels } from './names.ts';
import type { Rules } from './rules.ts';

const beyond = (message: string): GatewayError =>
  new GatewayError('forbidden', message, {
    hint: 'Do not look for another way: ask the user to do it in the admin.',
  });

/** The inlines of an object's own form are part of it, whether or not their models have pages. */
const inlineNames = async (
  rules: Rules,
  model: ModelRef,
  pk: string,
  aside: Aside,
): Promise<ReadonlySet<string>> => {
  const { inlines } = (await aside('retrieve', { ...model, pk })).body;
  const served = (Array.isArray(inlines) ? inlines : [])
    .filter(isJsonObject)
    .filter((inline) => servesInline(rules, model, inline));
  return new Set(
    served.flatMap(({ name, label }) => [name, label].map(String).flatMap(likelyModels)),
  );
};

export interface DeleteCheck {
  /** @throws GatewayError `forbidden` where the preview reaches what is not served, or may do so */
  readonly preview: (pk: string, preview: JsonObject) => Promise<void>;
}

/**
 * Judges deletes by their previews. Django names the kinds of objects in a cascade and not
 * their models: a kind that is neither on the index nor an inline of the object is refused.
 */
export const deleteCheck = (rules: Rules, model: ModelRef, aside: Aside): DeleteCheck => {
  let kinds: Promise<Kinds> | undefined;
  const onIndex = () => {
    kinds ??= aside('registry', {}).then(({ body }) => kindsOf(rules, body));
    return kinds;
  };
  return {
    preview: async (pk, preview) => {
      const reached = reachedBy(preview);
      const known = await onIndex();
      const verdicts = reached.names.map((name) => ({ name, served: servesKind(known, name) }));
      const isBeyond =
        reached.models.some((each) => !serves(rules, each)) ||
        verdicts.some(({ served }) => served === false);
      if (isBeyond)
        throw beyond('This delete involves objects of a model that this gateway does not serve.');
      const unknown = verdicts.filter(({ served }) => served === undefined);
      if (unknown.length === 0) return;
      const inlines = await inlineNames(rules, model, pk, aside);
      if (unknown.every(({ name }) => likelyModels(name).some((each) => inlines.has(each)))) return;
      throw beyond(
        'This delete involves objects of a kind that is not on the index of the admin, so it cannot be told whether this gateway serves their model.',
      );
    },
  };
};

/**
 * Looks at the preview of each object before anything is deleted. Answers with what the admin
 * says where it shows none; an object that is not there takes nothing along.
 */
export const refuseBeyond = async (
  rules: Rules,
  model: ModelRef,
  pks: readonly string[],
  aside: Aside,
): Promise<Answer | undefined> => {
  const check = deleteCheck(rules, model, aside);
  for (const pk of pks) {
    const preview = await aside('delete_preview', { ...model, pk });
    if (preview.status === 200) await check.preview(pk, preview.body);
    else if (preview.status !== 404) return preview;
  }
  return undefined;
};

/** "Select all" cannot be looked at object by object. */
export const refuseAcross = (): never => {
  throw beyond(
    'Everything that matches cannot be deleted at once while this gateway serves only some models; give the pks.',
  );
};

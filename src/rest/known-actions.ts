import type { Input } from '../operations/catalogue.ts';
import { didYouMean } from '../operations/nearest.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { objectsIn } from './body.ts';
import { callRest } from './call.ts';
import type { ModelRef } from './refs.ts';

interface KnownAction {
  readonly name: string;
  readonly target: 'batch' | 'detail';
}

/**
 * The actions that this user has on a model, from the registry: the changelist names them as
 * well, but counts its rows first. `undefined` for a model that is kept off the index.
 */
const readActions = async (
  { app_label, model_name }: ModelRef,
  context: Context,
): Promise<readonly KnownAction[] | undefined> => {
  const { body } = await callRest('registry', {}, context);
  const models = objectsIn(body, 'apps').flatMap((app) => objectsIn(app, 'models'));
  const model = models.find(
    (each) => each['real_app_label'] === app_label && each['model_name'] === model_name,
  );
  if (model === undefined) return undefined;
  return objectsIn(model, 'actions').map((each) => ({
    name: String(each['name']),
    target: each['target'] === 'detail' ? 'detail' : 'batch',
  }));
};

/** Why an action cannot be run on these keys, as far as the registry tells. */
export const actionFault = async (
  input: Input<'action'>,
  context: Context,
): Promise<Answer | undefined> => {
  const actions = await readActions(input, context);
  if (actions === undefined) return undefined;
  const known = actions.find(({ name }) => name === input.action_name);
  const names = actions.map(({ name }) => name);
  if (known === undefined)
    return refusal(
      404,
      'unknown_action',
      `There is no action "${input.action_name}" here. ${didYouMean(input.action_name, names)}`,
      { actions: names },
    );
  return known.target === 'detail' && input.pks.length !== 1
    ? refusal(
        400,
        'bad_request',
        `This action takes a single object: expected 1 key, got ${input.pks.length}.`,
      )
    : undefined;
};

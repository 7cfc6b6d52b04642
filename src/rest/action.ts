import type { Input } from '../operations/catalogue.ts';
import type { JsonObject } from '../operations/json.ts';
import { didYouMean } from '../operations/nearest.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { objectsIn } from './body.ts';
import { callRest } from './call.ts';
import { deleteSelected } from './delete-selected.ts';
import { missingKeys } from './missing-keys.ts';
import { unsupported } from './unsupported.ts';

interface KnownAction {
  readonly name: string;
  readonly target: 'batch' | 'detail';
}

type Ref = Pick<Input<'action'>, 'app_label' | 'model_name'>;

/**
 * The actions that this user has on a model, from the registry: the changelist names them as
 * well, but counts its rows first. `undefined` for a model that is kept off the index.
 */
const readActions = async (
  { app_label, model_name }: Ref,
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

const actionFault = (
  input: Input<'action'>,
  actions: readonly KnownAction[],
): Answer | undefined => {
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

const isOwnList = (redirect: string, { app_label, model_name }: Ref): boolean =>
  new RegExp(`/${app_label}/${model_name}/(?:[?#]|$|actions/)`).test(redirect);

/**
 * What the answer really says. The package writes `executed: true` whatever the action
 * returned: `pks` are only there when it returned nothing, as one does that is done. A page
 * (a question first) or a file (an export) is dropped, so neither is known to have worked.
 */
const truthful = (body: JsonObject, input: Input<'action'>): JsonObject => {
  if (Array.isArray(body['pks'])) return { ...body, pks: input.pks };
  const redirect = body['redirect'];
  if (typeof redirect === 'string' && isOwnList(redirect, input))
    return { ...body, pks: input.pks };
  const note =
    typeof redirect === 'string'
      ? 'The action answered with a redirect to another page; whether it is done or goes on there is not known.'
      : 'The action answered with a page or a file, which this upstream does not get. It may have asked for confirmation and done nothing. --upstream stock shows it.';
  return { ...body, executed: null, pks: input.pks, note };
};

/** Runs an action after making sure that it exists and that every key names an object. */
export const action = async (input: Input<'action'>, context: Context): Promise<Answer> => {
  if (input.inputs !== undefined && Object.keys(input.inputs).length > 0)
    throw unsupported('fill in the page that an action shows');
  if (input.across !== undefined) throw unsupported('select everything that matches; give the pks');
  const actions = await readActions(input, context);
  const fault = actions === undefined ? undefined : actionFault(input, actions);
  if (fault !== undefined) return fault;
  const missing = await missingKeys(input, context);
  if (missing.length > 0)
    return refusal(404, 'not_found', 'Some keys name no object, so the action was not run.', {
      missing: [...missing],
    });
  if (input.action_name === 'delete_selected') return deleteSelected(input, context);
  const answer = await callRest('action', input, context);
  return answer.status === 200 ? { status: 200, body: truthful(answer.body, input) } : answer;
};

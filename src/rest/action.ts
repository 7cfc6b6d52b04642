import type { Input } from '../operations/catalogue.ts';
import { givenVersions, type Versions } from '../operations/given-versions.ts';
import type { JsonObject } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { isExecuted, resultsOf } from './action-results.ts';
import { callRest } from './call.ts';
import { sendInChunks } from './chunks.ts';
import { deleteSelected, planDeletion } from './delete-selected.ts';
import { type Found, findObjects, missingIn } from './find-objects.ts';
import { actionFault } from './known-actions.ts';
import { versionOf } from './object-version.ts';
import { planned, plannedObjects } from './plan.ts';
import type { ModelRef } from './refs.ts';
import { stalenessAmong } from './stale.ts';
import { unsupported } from './unsupported.ts';

type ActionInput = Input<'action'>;

const isOwnList = (redirect: string, { app_label, model_name }: ModelRef): boolean =>
  new RegExp(`/${app_label}/${model_name}/(?:[?#]|$|actions/)`).test(redirect);

/**
 * What the answer really says. The package writes `executed: true` whatever the action
 * returned: `pks` are only there when it returned nothing, as one does that is done. A page
 * (a question first) or a file (an export) is dropped, so neither is known to have worked.
 */
const truthful = (body: JsonObject, model: ModelRef): JsonObject => {
  if (Array.isArray(body['pks'])) return body;
  const redirect = body['redirect'];
  if (typeof redirect === 'string' && isOwnList(redirect, model)) return body;
  const note =
    typeof redirect === 'string'
      ? 'The action answered with a redirect to another page; whether it is done or goes on there is not known.'
      : 'The action answered with a page or a file, which this upstream does not get. It may have asked for confirmation and done nothing. --upstream stock shows it.';
  return { ...body, executed: null, note };
};

/** Most keys in one request: the package takes what a call can have, unless the site says less. */
const maxKeys = Number.POSITIVE_INFINITY;

/** Runs the action, on as many objects at a time as the package takes. */
const run = async (input: ActionInput, context: Context): Promise<Answer> => {
  const pks = [...new Set(input.pks)];
  const send = async (some: readonly string[], within: Context): Promise<Answer> => {
    const answer = await callRest('action', { ...input, pks: [...some] }, within);
    return answer.status === 200 ? { status: 200, body: truthful(answer.body, input) } : answer;
  };
  return resultsOf(pks, await sendInChunks(pks, maxKeys, send, isExecuted, context));
};

const planOf = async (
  input: ActionInput,
  found: readonly Found[],
  context: Context,
): Promise<Answer> => {
  const isDeletion = input.action_name === 'delete_selected';
  const deletion = isDeletion ? await planDeletion(input, context) : undefined;
  if (deletion?.refused !== undefined) return deletion.refused;
  const objects = found.map(({ pk, label, seen }) => ({
    pk: seen?.['pk'] ?? pk,
    label,
    version: seen === undefined ? null : versionOf(seen),
  }));
  const notes = isDeletion ? [] : ['asks_first: only running an action tells what it does'];
  return planned(input, {
    action: input.action_name,
    matched: found.length,
    asks_first: isDeletion ? true : null,
    ...plannedObjects(objects, notes),
    ...deletion?.plan,
  });
};

/** The objects that the action is about, or why it is not run on them. */
const select = async (
  input: ActionInput,
  versions: Versions,
  context: Context,
): Promise<{ readonly found: readonly Found[] } | { readonly refused: Answer }> => {
  const { app_label, model_name, pks } = input;
  const isWhole = (pk: string) => input.dry_run === true || versions.get(pk)?.kind === 'form';
  const findings = await findObjects({ model: { app_label, model_name }, pks, isWhole }, context);
  const missing = missingIn(findings);
  if (missing.length > 0)
    return {
      refused: refusal(404, 'not_found', 'Some keys name no object, so the action was not run.', {
        missing: [...missing],
      }),
    };
  for (const finding of findings) if ('refused' in finding) return finding;
  const found = findings.flatMap((finding) => ('pk' in finding ? [finding] : []));
  const seen = new Map(found.flatMap(({ pk, seen }) => (seen === undefined ? [] : [[pk, seen]])));
  const stale = await stalenessAmong(versions, input, seen, context);
  return stale === undefined ? { found } : { refused: stale };
};

/**
 * Runs an action after making sure that it exists, that every key names an object, and that the
 * objects with a version are as they were.
 */
export const action = async (input: ActionInput, context: Context): Promise<Answer> => {
  if (input.inputs !== undefined && Object.keys(input.inputs).length > 0)
    throw unsupported('fill in the page that an action shows');
  if (input.across !== undefined) throw unsupported('select everything that matches; give the pks');
  const versions = givenVersions(input.versions, input.pks);
  const fault = await actionFault(input, context);
  if (fault !== undefined) return fault;
  const selected = await select(input, versions, context);
  if ('refused' in selected) return selected.refused;
  if (input.dry_run === true) return planOf(input, selected.found, context);
  return input.action_name === 'delete_selected'
    ? deleteSelected(input, run, context)
    : run(input, context);
};

import type { View } from '../operations/arguments.ts';
import type { Input, OperationName } from '../operations/catalogue.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import type { Upstream } from '../operations/upstream.ts';
import { leanNamedField } from './view/field.ts';
import { each } from './view/lean.ts';
import { leanList } from './view/list.ts';
import { leanHistory, leanRecentActions } from './view/logs.ts';
import { narrowList, narrowObject } from './view/narrow.ts';
import { leanForm, leanSaved } from './view/object.ts';
import { leanRegistry } from './view/registry.ts';
import { wrapEach } from './wrap.ts';

/** What the page of an action asks for, described as a form's fields are. */
const leanAction = (body: JsonObject): JsonObject => {
  const { page } = body;
  if (!isJsonObject(page)) return body;
  const inputs = each(leanNamedField)(page['inputs'] ?? null, page);
  return { ...body, page: inputs === undefined ? page : { ...page, inputs } };
};

/** Bodies that an agent gets leaner; `isNarrowed` where it named the fields that it wants. */
const compact: {
  readonly [Name in OperationName]?: (body: JsonObject, isNarrowed: boolean) => JsonObject;
} = {
  registry: leanRegistry,
  recent_actions: leanRecentActions,
  list: leanList,
  retrieve: leanForm,
  add_form: leanForm,
  form_spec: leanForm,
  create: leanSaved,
  update: leanSaved,
  form_submit: leanSaved,
  action: leanAction,
  history: leanHistory,
};

const narrow: {
  readonly [Name in OperationName]?: (body: JsonObject, wanted: readonly string[]) => JsonObject;
} = { list: narrowList, retrieve: narrowObject };

/** How the answer is wanted, apart from what the upstream has to know. */
const split = (input: Input<OperationName>) => {
  const { view, fields, ...rest } = input as {
    readonly view?: View;
    readonly fields?: readonly string[];
  };
  return { view, fields, rest: rest as Input<OperationName> };
};

/**
 * Answers as they were asked for: with these `fields` only, and `compact` or `full`. Compact
 * leaves out what is empty, what repeats and what only a browser needs; `docs/api-contract.md`
 * says what. Refusals stay as they are.
 */
export const withView = (upstream: Upstream): Upstream =>
  wrapEach(upstream, async ({ name, input, context }, next) => {
    const { view = context.view ?? 'full', fields, rest } = split(input);
    const answer = await next(rest);
    if (answer.status >= 400) return answer;
    const wanted =
      fields === undefined ? answer.body : (narrow[name]?.(answer.body, fields) ?? answer.body);
    const body =
      view === 'full' ? wanted : (compact[name]?.(wanted, fields !== undefined) ?? wanted);
    return body === answer.body ? answer : { ...answer, body };
  });

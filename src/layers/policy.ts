import type { Input, OperationName } from '../operations/catalogue.ts';
import type { Answer, Upstream } from '../operations/upstream.ts';
import { asideOf } from './policy/aside.ts';
import { type Governed, refuseAll, runWithin } from './policy/call.ts';
import { servedActions, servedRegistry } from './policy/listed.ts';
import { nowhere, serves } from './policy/models.ts';
import { governPart } from './policy/part.ts';
import { refuseDisabled } from './policy/refuse.ts';
import { refuseTooMany, runCapped } from './policy/rows.ts';
import { narrowedRules, type Rules, restrictsFields, restrictsModels } from './policy/rules.ts';
import { veilOf } from './policy/veil.ts';
import { wrapEach } from './wrap.ts';

const governModel = async (call: Governed): Promise<Answer> => {
  const { rules, input } = call;
  refuseTooMany(input, rules.maxRows);
  if (restrictsModels(rules) || restrictsFields(rules)) return governPart(call);
  return (await refuseAll(call, veilOf(rules, call.model))) ?? runWithin(call);
};

const governWhole = async (
  rules: Rules,
  name: OperationName,
  input: Input<OperationName>,
  run: Governed['run'],
): Promise<Answer> => {
  const answer = await runCapped(rules.maxRows, name, input, run);
  if (!restrictsModels(rules) || answer.status !== 200) return answer;
  if (name === 'registry') return { ...answer, body: servedRegistry(rules, answer.body) };
  if (name === 'recent_actions') return { ...answer, body: servedActions(rules, answer.body) };
  return answer;
};

/**
 * Keeps every call within what the operator allows, and within what its own request allows
 * (`Context.narrowing`). Neither ever adds to what the signed-in user may do.
 */
export const withPolicy = (standing: Rules, upstream: Upstream): Upstream =>
  wrapEach(upstream, async ({ name, input, context }, next) => {
    const rules = narrowedRules(standing, context.narrowing);
    refuseDisabled(rules, name, input);
    const run = (given: Input<OperationName>): Promise<Answer> => next(given);
    if (!('app_label' in input)) return governWhole(rules, name, input, run);
    const { app_label, model_name } = input;
    const asked = { app_label, model_name };
    const model = serves(rules, asked) ? asked : nowhere;
    return governModel({
      rules,
      name,
      input: { ...input, ...model },
      model,
      run,
      aside: asideOf(upstream, context),
    });
  });

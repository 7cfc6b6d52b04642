import type { Input, OperationName } from '../../operations/catalogue.ts';
import { isJsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Aside } from './aside.ts';
import { refuseHiddenOnList } from './given.ts';
import type { ModelRef } from './models.ts';
import { refuseTooManyAcross, runCapped } from './rows.ts';
import type { Rules } from './rules.ts';
import type { Veil } from './veil.ts';

/** A call about one model, with the rules that hold for it. */
export interface Governed {
  readonly rules: Rules;
  readonly name: OperationName;
  readonly input: Readonly<Record<string, unknown>>;
  readonly model: ModelRef;
  readonly run: (input: Input<OperationName>) => Promise<Answer>;
  readonly aside: Aside;
}

/** Runs it with no longer a page than the rules allow. */
export const runWithin = ({ rules, name, input, run }: Governed): Promise<Answer> =>
  runCapped(rules.maxRows, name, input as unknown as Input<OperationName>, run);

const listedBy = (model: ModelRef, across: Readonly<Record<string, unknown>>): Input<'list'> => ({
  ...model,
  page: 1,
  page_size: 1,
  search: across['search'] as string | undefined,
  filters: (across['filters'] ?? {}) as Input<'list'>['filters'],
  ordering: undefined,
  facets: false,
});

/** What "all" would be: counted by the list, which also shows what its filters are about. */
export const refuseAll = async (call: Governed, veil: Veil): Promise<Answer | undefined> => {
  const { rules, model, input } = call;
  const across = isJsonObject(input['across']) ? input['across'] : undefined;
  if (across === undefined) return undefined;
  const listInput = listedBy(model, across);
  const counted = await call.aside('list', listInput);
  if (counted.status >= 400) return counted;
  refuseTooManyAcross(counted.body['total'], rules.maxRows);
  return refuseHiddenOnList(listInput.filters, counted.body, veil);
};

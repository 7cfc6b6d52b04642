import type { Input } from '../operations/catalogue.ts';
import type { JsonObject } from '../operations/json.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { objectsIn } from './body.ts';
import { callRest } from './call.ts';

type ListInput = Input<'list'>;
type Filters = ListInput['filters'];

/** How many other values of a filter are tried before it is taken for dead. */
const maxProbes = 4;

const count = async (input: ListInput, filters: Filters, context: Context): Promise<unknown> => {
  const probe = { ...input, filters, page: 1, page_size: 1, ordering: undefined };
  return (await callRest('list', probe, context)).body['total'];
};

/** Whether the filter has an effect: without it, or with another of its values, the total differs. */
const works = async (
  filter: JsonObject,
  input: ListInput,
  body: JsonObject,
  context: Context,
): Promise<boolean> => {
  const name = String(filter['name']);
  const { [name]: value, ...others } = input.filters;
  const { total, full_count: all } = body;
  const alone = Object.keys(others).length === 0 && !input.search && typeof all === 'number';
  if (total === 0 || (alone ? all : await count(input, others, context)) !== total) return true;
  const rest = objectsIn(filter, 'lookups')
    .map((lookup) => String(lookup['value']))
    .filter((each) => each !== String(value))
    .slice(0, maxProbes);
  for (const other of rest)
    if ((await count(input, { ...others, [name]: other }, context)) !== total) return true;
  return false;
};

/**
 * Filters that the project wrote (`SimpleListFilter`) are applied from Django 5.0 on: to
 * older ones 1.8.1 hands a list where they expect a text, and swallows the error. Its answer
 * looks the same in both cases, so a filter that changed no total is tried with its other
 * values; only then does this cost requests.
 */
export const customFilterFault = async (
  input: ListInput,
  body: JsonObject,
  context: Context,
): Promise<Answer | undefined> => {
  const asked = objectsIn(body, 'filters').filter(
    (filter) => filter['type'] === 'custom' && String(filter['name']) in input.filters,
  );
  for (const filter of asked)
    if (!(await works(filter, input, body, context)))
      return refusal(
        422,
        'unsupported',
        `The filter "${filter['name']}" changed nothing. Below Django 5.0 django-admin-rest-api does not apply filters that a project wrote; --upstream stock does.`,
        { fields: { [String(filter['name'])]: ['It is not known whether it was applied.'] } },
      );
  return undefined;
};

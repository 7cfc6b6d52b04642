import type { Input } from '../operations/catalogue.ts';
import { GatewayError } from '../operations/errors.ts';
import type { JsonObject } from '../operations/json.ts';
import { didYouMean } from '../operations/nearest.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { listIn, objectsIn } from './body.ts';
import { callRest, send } from './call.ts';
import { customFilterFault } from './custom-filters.ts';
import { pageOutOfRange } from './history.ts';
import { filterFault, filterNames, filterNotes } from './list-filters.ts';
import { withRowVersions } from './row-version.ts';
import { unsupported } from './unsupported.ts';

type ListInput = Input<'list'>;

const columnsOf = (ordering: string): readonly string[] =>
  ordering.split(',').map((token) => token.trim().replace(/^-/, ''));

const sortableIn = (body: JsonObject): readonly JsonObject[] =>
  objectsIn(body, 'columns').filter((column) => column['sortable'] === true);

/** An ordering by anything but a sortable column is dropped by the package without a word. */
const orderingFault = (ordering: string | undefined, body: JsonObject): Answer | undefined => {
  if (ordering === undefined) return undefined;
  const names = sortableIn(body).map((column) => String(column['name']));
  const odd = columnsOf(ordering).find((name) => !names.includes(name));
  return odd === undefined
    ? undefined
    : refusal(
        400,
        'unknown_ordering',
        `The list cannot be ordered by "${odd}". ${didYouMean(odd, names)}`,
        {
          fields: { ordering: [odd] },
          sortable: [...names],
        },
      );
};

const searchFault = (search: string | undefined, body: JsonObject): Answer | undefined =>
  search === undefined || search === '' || listIn(body, 'search_fields').length > 0
    ? undefined
    : refusal(
        400,
        'search_unavailable',
        'This admin has no search_fields, so the search was not applied.',
        {
          fields: { search: ['Not searchable.'] },
        },
      );

const filtersFault = (input: ListInput, body: JsonObject): Answer | undefined => {
  const fault = filterFault(input.filters, body);
  return fault === undefined
    ? undefined
    : refusal(400, fault.code, fault.message, {
        fields: { [fault.name]: [fault.message] },
        filters: [...filterNames(body)],
      });
};

const pagesOf = (body: JsonObject): number =>
  Math.max(1, Math.ceil(Number(body['total']) / Math.max(1, Number(body['page_size']))));

const pageFault = ({ page = 1 }: ListInput, body: JsonObject): Answer | undefined =>
  page > pagesOf(body) ? pageOutOfRange(page, pagesOf(body), Number(body['total'])) : undefined;

const withApplied = (input: ListInput, body: JsonObject): JsonObject => {
  const notes = filterNotes(input.filters, body);
  return {
    ...body,
    num_pages: pagesOf(body),
    applied: {
      search: input.search || null,
      ordering: input.ordering ?? null,
      filters: input.filters,
      page: body['page'] ?? 1,
      page_size: body['page_size'] ?? null,
      ...(notes.length === 0 ? {} : { notes: [...notes] }),
    },
  };
};

/**
 * The package says of a computed column that it can be sorted, and fails when it is asked to:
 * it orders by the column's name, never by its `admin_order_field`.
 */
const explain = async (input: ListInput, context: Context): Promise<Answer | undefined> => {
  const { app_label, model_name, ordering } = input;
  if (ordering === undefined) return undefined;
  const values = { app_label, model_name };
  const plain = await send(
    { method: 'GET', pattern: '/:app_label/:model_name/', values, query: { page_size: 1 } },
    context,
  );
  const computed = sortableIn(plain.body)
    .filter((column) => column['type'] === undefined)
    .map((column) => String(column['name']));
  const odd = columnsOf(ordering).filter((name) => computed.includes(name));
  return odd.length === 0
    ? undefined
    : refusal(
        422,
        'unsupported',
        `This upstream cannot order by the computed column "${odd.join('", "')}"; --upstream stock can.`,
        {
          fields: { ordering: odd },
        },
      );
};

/** One page of a changelist, with the proof that what was asked for is what was done. */
export const list = async (input: ListInput, context: Context): Promise<Answer> => {
  if (input.facets) throw unsupported('count the choices of filters');
  if (input.ordering?.split(',').some((token) => /^(?:--|-?\s*$)/.test(token.trim())))
    return refusal(
      400,
      'unknown_ordering',
      'Give column names with commas between them and at most one "-" before each.',
      {
        fields: { ordering: [input.ordering] },
      },
    );
  let answer: Answer;
  try {
    answer = await callRest('list', input, context);
  } catch (error) {
    const failed = error instanceof GatewayError && error.reason === 'upstream';
    const explained = failed ? await explain(input, context) : undefined;
    if (explained !== undefined) return explained;
    throw error;
  }
  const { status, body } = answer;
  if (status !== 200) return answer;
  const fault =
    filtersFault(input, body) ??
    orderingFault(input.ordering, body) ??
    searchFault(input.search, body) ??
    pageFault(input, body) ??
    (await customFilterFault(input, body, context));
  return fault ?? { status, body: withRowVersions(withApplied(input, body)) };
};

import type { Input } from '../operations/catalogue.ts';
import { type Answer, type Context, refusal } from '../operations/upstream.ts';
import { callRest } from './call.ts';

export const pageOutOfRange = (page: number, pages: number, total: number): Answer =>
  refusal(404, 'page_out_of_range', `There is no page ${page}: the last one is ${pages}.`, {
    num_pages: pages,
    total,
  });

/** Django shows the last page for any number beyond it; that is said instead of shown. */
export const history = async (input: Input<'history'>, context: Context): Promise<Answer> => {
  const answer = await callRest('history', input, context);
  const { page, num_pages: pages, total } = answer.body;
  return answer.status === 200 && input.page !== undefined && page !== input.page
    ? pageOutOfRange(input.page, Number(pages), Number(total))
    : answer;
};

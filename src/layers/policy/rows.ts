import type { Input, OperationName } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { Answer } from '../../operations/upstream.ts';

interface Paging {
  /** The argument that says how many rows are wanted. */
  readonly size: string;
  /** Where they are in the answer. */
  readonly rows: string;
}

const pagings: { readonly [Name in OperationName]?: Paging } = {
  list: { size: 'page_size', rows: 'results' },
  autocomplete: { size: 'page_size', rows: 'results' },
  history: { size: 'page_size', rows: 'entries' },
  recent_actions: { size: 'limit', rows: 'actions' },
};

/** Runs a reading with a page of at most `maxRows`, and once more where the admin's own page is longer. */
export const runCapped = async (
  maxRows: number,
  name: OperationName,
  input: Input<OperationName>,
  run: (input: Input<OperationName>) => Promise<Answer>,
): Promise<Answer> => {
  const paging = pagings[name];
  if (paging === undefined) return run(input);
  const { size, rows } = paging;
  const asked = (input as Readonly<Record<string, unknown>>)[size];
  const capped = { ...input, [size]: maxRows } as Input<OperationName>;
  const isTooLong = ({ body }: Answer): boolean => {
    const found = body[rows];
    return Array.isArray(found) && found.length > maxRows;
  };
  if (typeof asked === 'number' && asked > maxRows) return run(capped);
  const answer = await run(input);
  return isTooLong(answer) ? run(capped) : answer;
};

const tooMany = (count: number, maxRows: number, pointer: string): GatewayError => {
  const message = `One call may change at most ${maxRows} objects here, and this one names ${count}.`;
  return new GatewayError('input', message, {
    hint: 'Call it for parts. Nothing was sent.',
    details: { errors: [{ pointer, message }] },
  });
};

/** Refuses a call that names more objects than it may change. */
export const refuseTooMany = (input: Readonly<Record<string, unknown>>, maxRows: number): void => {
  const { pks } = input;
  if (Array.isArray(pks) && pks.length > maxRows) throw tooMany(pks.length, maxRows, '/pks');
};

/** @param total what the list says that search and filters match */
export const refuseTooManyAcross = (total: unknown, maxRows: number): void => {
  if (typeof total !== 'number')
    throw new GatewayError('input', 'The admin does not tell how many objects this would change.', {
      hint: `Give the pks, at most ${maxRows} of them.`,
      details: { errors: [{ pointer: '/select_across', message: 'the number is not known' }] },
    });
  if (total > maxRows) throw tooMany(total, maxRows, '/select_across');
};

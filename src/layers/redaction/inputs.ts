import type { Input, OperationName } from '../../operations/catalogue.ts';
import { givenValues } from '../../operations/given-values.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { type Answer, refusal } from '../../operations/upstream.ts';
import { holdsMask } from './mask.ts';
import type { IsRedacted } from './names.ts';

const complaint = 'That is the mask, not a value; leave the field out.';

/** An inline's complaints, in the contract's own shape. */
const ofInlines = (inlines: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(inlines)
      .filter(([, rows]) => holdsMask(rows))
      .map(([prefix]) => [prefix, { non_form: [complaint], rows: [] }]),
  );

const maskedFields = (data: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => holdsMask(value))
      .map(([name, value]) => [
        name,
        name === 'inlines' && isJsonObject(value) ? ofInlines(value) : [complaint],
      ]),
  );

const refuseFilter = (name: string): Answer =>
  refusal(
    400,
    'bad_request',
    'Its values are masked here, so nothing is filtered or ordered by it.',
    {
      filter: name,
    },
  );

/** Names that a list is asked to look at values of. */
const askedFor = (input: Readonly<Record<string, unknown>>): string[] => {
  const { filters, ordering, across } = input;
  const ofAcross = typeof across === 'object' && across !== null ? across : {};
  return [
    ...Object.keys(filters ?? {}),
    ...('filters' in ofAcross ? Object.keys(ofAcross.filters ?? {}) : []),
    ...(typeof ordering === 'string' ? ordering.split(',') : []),
  ].map((name) => name.trim().replace(/^-/, ''));
};

/**
 * Why a call cannot go on as it is: it writes a mask back, or asks for rows by values that it
 * may not see (a look-up tells whether one begins with a given text).
 */
export const refusedInput = (
  isRedacted: IsRedacted,
  input: Input<OperationName>,
): Answer | undefined => {
  const given = input as unknown as Readonly<Record<string, unknown>>;
  const secret = askedFor(given).find(isRedacted);
  if (secret !== undefined) return refuseFilter(secret);
  const fields = Object.assign({}, ...givenValues(given).map(maskedFields)) as JsonObject;
  if (Object.keys(fields).length === 0) return undefined;
  return refusal(400, 'validation_failed', 'One or more fields are invalid.', { fields });
};

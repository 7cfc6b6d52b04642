import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { isSensitive } from '../contract/sensitive.ts';
import { invalid } from '../desk/refused.ts';

/** Names that look like a secret are no more taken than shown. */
export const refuseSensitive = (data: JsonObject): void => {
  const names = Object.keys(data).filter(isSensitive);
  if (names.length === 0) return;
  throw invalid(
    Object.fromEntries(
      names.map((name) => [name, ['Fields with such a name are not writable here.']]),
    ),
  );
};

/** Values that do not fit the form, as the contract's answer for an invalid field. */
export const asInvalid = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const fields = error instanceof GatewayError ? error.details?.['fields'] : undefined;
    if (error instanceof GatewayError && error.reason === 'input' && isJsonObject(fields))
      throw invalid(fields, {}, error.message);
    throw error;
  }
};

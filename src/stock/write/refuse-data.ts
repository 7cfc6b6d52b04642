import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject } from '../../operations/json.ts';
import { invalid } from '../desk/refused.ts';

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
